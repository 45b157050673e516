using System.Net;
using System.Net.Sockets;
using ActorCompute.Messages;
using ActorCompute.Processes;
using Akka.Actor;

namespace ActorCompute.Remoting.Tests.Launch;

public sealed class ListeningTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly TcpListener _taken = new(IPAddress.Loopback, 0);

    public ListeningTests()
    {
        _taken.ExclusiveAddressUse = true;
        _taken.Start();
    }

    public void Dispose() => _taken.Dispose();

    private int Taken => ((IPEndPoint)_taken.LocalEndpoint).Port;

    [Fact]
    public void Start_PortTaken_SaysSo()
    {
        var error = Assert.Throws<InputException>(() => Listening.Start(new HostEndpoint("127.0.0.1", Taken), endpoint => SystemConfig.Peer(endpoint, ClusterSecret.Create())));
        Assert.Contains($"127.0.0.1:{Taken} is in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_PortTakenAgainAndAgain_LeavesNoThreadsBehind()
    {
        var before = Threads();
        for (var i = 0; i < 20; i++) Assert.Throws<InputException>(() => Listening.Start(new HostEndpoint("127.0.0.1", Taken), endpoint => SystemConfig.Peer(endpoint, ClusterSecret.Create())));
        // Others of this process come and go.
        Assert.InRange(Threads(), 0, before + 19);

        static int Threads()
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.Threads.Count;
        }
    }

    [Fact]
    public void Start_NoAddressOfThisMachine_SaysSo()
    {
        // 192.0.2.0/24 is for documentation: nobody has it.
        var error = Assert.Throws<InputException>(() => Listening.Start(new HostEndpoint("192.0.2.1", 0), endpoint => SystemConfig.Peer(endpoint, ClusterSecret.Create())));
        Assert.Contains("is not an address of this machine", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.AccessDenied, true, "127.0.0.1:4053 is reserved by Windows", "excludedportrange")]
    [InlineData(SocketError.AccessDenied, false, "127.0.0.1:4053 may not be used", "below 1024")]
    [InlineData(SocketError.AddressAlreadyInUse, true, "127.0.0.1:4053 is in use", "another --port")]
    [InlineData(SocketError.AddressNotAvailable, false, "127.0.0.1 is not an address of this machine", "another --host")]
    [InlineData(SocketError.NetworkDown, false, "127.0.0.1:4053 cannot be listened on", "NetworkDown")]
    public void Describe_EachError_SaysWhatToDo(SocketError error, bool isWindows, params string[] parts)
    {
        var text = Listening.Describe(error, "127.0.0.1", new(4053, 4053), isWindows);
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_RangeWithTheFirstPortTaken_TakesALaterOne()
    {
        var first = Math.Min(Taken, 65535 - 50);
        var system = Listening.Start("127.0.0.1", new(first, first + 50), endpoint => SystemConfig.Peer(endpoint, ClusterSecret.Create()));
        try
        {
            var port = SystemConfig.EndpointOf(system).Port;
            Assert.InRange(port, first, first + 50);
            Assert.NotEqual(Taken, port);
        }
        finally
        {
            await system.Terminate().WaitAsync(Bound);
        }
    }
}
