using System.Net.Sockets;
using System.Text;
using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace ActorCompute.Engine.Conformance.Remote;

/// <summary>
/// Who may talk to a node whose remoting speaks TLS. Certificates here chain to no trusted root: nodes that shall meet
/// suppress the validation, which leaves the rest of the handshake as it is.
/// </summary>
public class TlsSpec : IAsyncLifetime
{
    private const string Since = "1.5.56";
    private const string Why = "client certificates and hosts are checked as documented from there on (CVE-2025-61778)";
    private const string AnyCertificate = "suppress-validation = true";

    /// <summary>Long enough for an answer that comes, and for some attempts of who is refused.</summary>
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(2);

    private readonly Systems _systems = new();
    private readonly Certificates _certificates = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _systems.DisposeAsync();
        _certificates.Dispose();
    }

    [SinceAkkaFact(Since, Why)]
    public async Task Tell_BothSpeakTls_EverythingArrivesInOrderBothWaysAtOnce()
    {
        var here = _systems.StartRemote("here", _certificates.NewNodeConfig(AnyCertificate));
        var there = _systems.StartRemote("there", _certificates.NewNodeConfig(AnyCertificate));

        await Task.WhenAll(Task.Run(() => ArrivesInOrder(here, there)), Task.Run(() => ArrivesInOrder(there, here)));

        static async Task ArrivesInOrder(ActorSystem from, ActorSystem to)
        {
            const int Count = 5_000;
            var large = new string('x', 100_000);
            var receiver = new Mail(to);
            var remote = from.Resolve(to, receiver.Ref);
            for (var i = 0; i < Count; i++)
            {
                remote.Tell(i, ActorRefs.NoSender);
                if (i % 100 == 0)
                    remote.Tell(large, ActorRefs.NoSender);
            }

            for (var i = 0; i < Count; i++)
            {
                Assert.Equal(i, await receiver.Expect<int>());
                if (i % 100 == 0)
                    Assert.Equal(large, await receiver.Expect<string>());
            }
        }
    }

    [SinceAkkaFact(Since, Why)]
    public async Task Ask_BothSpeakTls_IsAnsweredInBothDirections()
    {
        var here = _systems.StartRemote("here", _certificates.NewNodeConfig(AnyCertificate));
        var there = _systems.StartRemote("there", _certificates.NewNodeConfig(AnyCertificate));

        await IsServed(here, there);
        await IsServed(there, here);
    }

    [SinceAkkaFact(Since, Why)]
    public async Task Ask_CertificateGivenAsObject_IsAnswered()
    {
        using var certificate = Certificates.Node("localhost", null);
        // Written and read again: on Windows a key must come from a file to be used for TLS.
        var path = _certificates.Save(certificate);
        using var own = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12FromFile(path, Certificates.Password);
        var config = ConfigurationFactory.ParseString(
            """
            akka { loglevel = WARNING, stdout-loglevel = WARNING, actor.provider = remote, coordinated-shutdown.run-by-clr-shutdown-hook = off
                   remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, enable-ssl = true } }
            """);
        var here = ActorSystem.Create("here", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), new DotNettySslSetup(own, true)));
        try
        {
            await IsServed(here, _systems.StartRemote("there", _certificates.NewNodeConfig(AnyCertificate)));
        }
        finally
        {
            await here.Terminate();
        }
    }

    [SinceAkkaFact(Since, Why)]
    public async Task Ask_PlainCaller_IsNotAnsweredAndHarmsNobody() => await IsRefused(callerConfig: "");

    [SinceAkkaFact(Since, Why)]
    public async Task Ask_CallerWithoutCertificate_IsNotAnsweredAndHarmsNobody() =>
        await IsRefused(_certificates.NewNodeConfig(AnyCertificate + "\nrequire-mutual-authentication = false"));

    [SinceAkkaFact(Since, Why)]
    public async Task Ask_CallerThatDoesNotKnowTheOthersCertificate_IsNotAnswered() =>
        await IsRefused(_certificates.NewNodeConfig("suppress-validation = false"));

    [SinceAkkaFact(Since, Why)]
    public async Task Ask_CallerWithUnknownCertificate_IsNotAnswered()
    {
        var here = _systems.StartRemote("here", _certificates.NewNodeConfig(AnyCertificate));
        var there = _systems.StartRemote("there", _certificates.NewNodeConfig("suppress-validation = false"));

        await IsNotAnswered(here, there);
    }

    [SinceAkkaFact(Since, Why)]
    public async Task Ask_CallerWithoutCertificateWhereNoneIsWanted_IsAnswered()
    {
        const string oneSided = AnyCertificate + "\nrequire-mutual-authentication = false";
        var here = _systems.StartRemote("here", _certificates.NewNodeConfig(oneSided));
        var there = _systems.StartRemote("there", _certificates.NewNodeConfig(oneSided));

        await IsServed(here, there);
    }

    [SinceAkkaFact(Since, Why)]
    public async Task Ask_TlsCallerOfAPlainNode_IsNotAnswered()
    {
        var here = _systems.StartRemote("here", _certificates.NewNodeConfig(AnyCertificate));
        var there = _systems.StartRemote("there");

        await IsNotAnswered(here, there);
        await IsServed(_systems.StartRemote("plain"), there);
    }

    [SinceAkkaFact(Since, Why)]
    public async Task Strangers_HttpAndNoiseAndSilence_HarmNobody()
    {
        var here = _systems.StartRemote("here", _certificates.NewNodeConfig(AnyCertificate));
        var there = _systems.StartRemote("there", _certificates.NewNodeConfig(AnyCertificate));
        await IsServed(here, there);
        var noise = new byte[5000];
        new Random(17).NextBytes(noise);
        byte[][] said =
        [
            Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            noise,
            [0xFF, 0xFF, 0xFF, 0x7F, 1],
            [0x16, 0x03, 0x01, 0xFF, 0xFF, 1, 2, 3], // a TLS record that promises more than comes
            [0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x00], // a hello of one byte
            [],
        ];

        var strangers = said.Select(bytes => Stranger(there, bytes)).ToList();
        try
        {
            await IsServed(here, there);
            await IsServed(_systems.StartRemote("late", _certificates.NewNodeConfig(AnyCertificate)), there);
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }

    [SinceAkkaFact(Since, Why)]
    public void Create_CertificateIsMissing_Fails() =>
        Assert.ThrowsAny<Exception>(() => _systems.StartRemote("here", Certificates.Config("missing.pfx", "")));

    /// <summary>Two nodes that talk over TLS, and one that shall not.</summary>
    private async Task IsRefused(string callerConfig)
    {
        var there = _systems.StartRemote("there", _certificates.NewNodeConfig(AnyCertificate));
        var friend = _systems.StartRemote("friend", _certificates.NewNodeConfig(AnyCertificate));
        await IsServed(friend, there);

        await IsNotAnswered(_systems.StartRemote("here", callerConfig), there);
        await IsServed(friend, there);
    }

    private static async Task IsServed(ActorSystem here, ActorSystem there)
    {
        var echo = here.Resolve(there, there.ActorOf(Props.Create(() => new EchoActor())));
        Assert.Equal("question", await echo.Ask<string>("question", Mail.Patience));
    }

    private static async Task IsNotAnswered(ActorSystem here, ActorSystem there)
    {
        var receiver = new Mail(there);
        var remote = here.Resolve(there, receiver.Ref);

        await Assert.ThrowsAsync<AskTimeoutException>(() => remote.Ask<object>("question", Refused));

        Assert.Empty(await receiver.Drain());
    }

    private static Socket Stranger(ActorSystem system, byte[] says)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect("127.0.0.1", system.AddressOf().Port.Value);
        socket.Send(says);
        return socket;
    }
}
