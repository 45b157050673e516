using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting.Transport;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace ActorCompute.Remoting.Tests.Support;

/// <summary>A listening transport without Akka.Remote around it: the test is the one whom it tells.</summary>
internal sealed class TestNode : IAsyncDisposable, IAssociationEventListener
{
    public const string Secret = "the secret of the tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _system;

    private TestNode(ActorSystem system, SocketTransport transport, Address address, ConcurrentQueue<string> log) =>
        (_system, Transport, Address, Log) = (system, transport, address, log);

    public SocketTransport Transport { get; }

    public Address Address { get; }

    public int Port => Address.Port!.Value;

    /// <summary>The lines of its log.</summary>
    public ConcurrentQueue<string> Log { get; }

    /// <summary>Who associated from outside and is not taken yet.</summary>
    public Channel<AssociationHandle> Inbound { get; } = Channel.CreateUnbounded<AssociationHandle>();

    /// <param name="more">Settings of the transport's section.</param>
    public static async Task<TestNode> StartAsync(string more = "", string secret = Secret, string host = "127.0.0.1", int port = 0, TlsCertificate? certificate = null)
    {
        var config = ConfigurationFactory.ParseString($"{SocketTransportConfig.Section} {{ refusal-log-milliseconds = 0, {more} }}")
            .WithFallback(SocketTransportConfig.Create(new(host, port), ClusterSecret.FromText(secret), certificate))
            .WithFallback("akka { loglevel = WARNING, stdout-loglevel = OFF, loggers = [] }");
        var system = ActorSystem.Create(SystemConfig.SystemName, config);
        var log = new ConcurrentQueue<string>();
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new LogReader(log))), typeof(LogEvent));
        var transport = new SocketTransport(system, system.Settings.Config.GetConfig(SocketTransportConfig.Section));
        try
        {
            var (address, listener) = await transport.Listen().WaitAsync(Patience);
            var node = new TestNode(system, transport, address, log);
            listener.SetResult(node);
            return node;
        }
        catch
        {
            await system.Terminate();
            throw;
        }
    }

    public void Notify(IAssociationEvent ev) => Inbound.Writer.TryWrite(((InboundAssociation)ev).Association);

    /// <summary>Associates with another node and takes both ends.</summary>
    public async Task<(TestEnd Here, TestEnd There)> AssociateAsync(TestNode other)
    {
        var here = await CallAsync(other.Address);
        return (new(here), await other.TakeAsync());
    }

    public Task<AssociationHandle> CallAsync(Address address) => Elsewhere(Transport.Associate(address));

    public Task<bool> ShutdownAsync() => Elsewhere(Transport.Shutdown());

    /// <summary>Takes the next association from outside.</summary>
    public async Task<TestEnd> TakeAsync() => new(await TakeHandleAsync());

    /// <summary>The same without listening to it.</summary>
    public Task<AssociationHandle> TakeHandleAsync() => Inbound.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Whether nobody got in who was not taken.</summary>
    public bool IsEmpty => Inbound.Reader.Count == 0;

    /// <summary>Writes into its log, behind what is there.</summary>
    public void Say(string text) => _system.Log.Warning(text);

    /// <summary>Waits for a line in the log.</summary>
    public Task LoggedAsync(string part) =>
        Poll.UntilAsync($"log line with '{part}'", Patience, () => Log.Any(line => line.Contains(part, StringComparison.Ordinal)), () => string.Join(" | ", Log));

    public async ValueTask DisposeAsync()
    {
        await ShutdownAsync();
        await _system.Terminate().WaitAsync(Patience);
    }

    public static ByteString Numbered(int number, int length = 8) => ByteString.CopyFrom(Bytes(number, length));

    public static byte[] Bytes(int number, int length = 8)
    {
        var bytes = new byte[length];
        BitConverter.TryWriteBytes(bytes, number);
        for (var i = 4; i < length; i++) bytes[i] = (byte)(number + i);
        return bytes;
    }

    // The transport completes on threads of its own, where Akka.NET sends a message and no more. A test that went on there would hold them.
    private static Task<T> Elsewhere<T>(Task<T> task) =>
        task.ContinueWith(done => done, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap().WaitAsync(Patience);

    private sealed class LogReader : ReceiveActor
    {
        public LogReader(ConcurrentQueue<string> log) => Receive<LogEvent>(one => log.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{one.Message}")));
    }
}
