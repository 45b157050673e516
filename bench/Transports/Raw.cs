using System.Diagnostics;
using System.Globalization;
using ActorCompute.Remoting.Transport;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace ActorCompute.Transports;

/// <summary>The transports alone, without Akka.Remote's actors above them: what they could carry, and what a frame costs.</summary>
internal static class Raw
{
    private const int Frames = 1_000_000;
    private const int FrameLength = 200;
    private const int InFlight = 20_000;
    private const int Rounds = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(int repeats, string[] kinds)
    {
        var pairs = new List<Pair>();
        foreach (var kind in kinds) pairs.Add(await Pair.StartAsync(kind));
        for (var i = 0; i < repeats + 2; i++)
        {
            foreach (var pair in pairs) pair.Measure(isCounted: i >= 2);
        }

        foreach (var pair in pairs) Console.WriteLine(pair.Report());
        Environment.Exit(0);
    }

    private sealed class Pair
    {
        private readonly string _kind;
        private readonly AssociationHandle _here;
        private readonly Counter _atThere;
        private readonly Counter _atHere;
        private readonly List<double> _rates = [];
        private readonly List<double> _costs = [];
        private readonly List<double> _latencies = [];

        private Pair(string kind, AssociationHandle here, AssociationHandle there)
        {
            (_kind, _here) = (kind, here);
            _atThere = new(there);
            _atHere = new(null);
            there.ReadHandlerSource.SetResult(_atThere);
            here.ReadHandlerSource.SetResult(_atHere);
        }

        public static async Task<Pair> StartAsync(string kind)
        {
            var (a, _) = await ListenAsync(kind);
            var (b, inbound) = await ListenAsync(kind);
            var here = await a.Transport.Associate(b.Address).WaitAsync(Patience);
            await Task.Yield();
            return new(kind, here, await inbound.Task.WaitAsync(Patience));
        }

        public void Measure(bool isCounted)
        {
            var payload = ByteString.CopyFrom(new byte[FrameLength]);
            _atThere.Reset(isEcho: false);
            GC.Collect();
            var cpu = Cpu();
            var startedAt = Stopwatch.GetTimestamp();
            for (var sent = 0; sent < Frames;)
            {
                if (sent - _atThere.Count < InFlight && _here.Write(payload)) sent++;
                else Thread.Yield();
            }

            SpinWait.SpinUntil(() => _atThere.Count == Frames, Patience);
            var rate = Frames / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            var cost = (Cpu() - cpu).TotalMicroseconds / Frames;

            _atThere.Reset(isEcho: true);
            _atHere.Reset(isEcho: false);
            var latencies = new double[Rounds];
            for (var i = 0; i < Rounds; i++)
            {
                startedAt = Stopwatch.GetTimestamp();
                _here.Write(payload);
                _atHere.Arrived.Wait();
                latencies[i] = Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds;
            }

            if (!isCounted) return;
            _rates.Add(rate);
            _costs.Add(cost);
            _latencies.Add(latencies.Order().ElementAt(Rounds / 2));
        }

        public string Report() => string.Create(CultureInfo.InvariantCulture,
            $"{_kind,-10} raw: {Median(_rates) / 1000,6:F0} k frames/s of {FrameLength} bytes, {Median(_costs):F3} us processor time each, there and back {Median(_latencies):F1} us");

        private static async Task<((Transport Transport, Address Address), TaskCompletionSource<AssociationHandle>)> ListenAsync(string kind)
        {
            var config = TransportKind.Configure(kind, "0123456789abcdef0123");
            var system = ActorSystem.Create("actorcompute", Akka.Configuration.ConfigurationFactory.ParseString("akka.actor.provider = local").WithFallback(config));
            var section = system.Settings.Config.WithFallback(RemoteDefaults).GetConfig(kind == "dotnetty" ? "akka.remote.dot-netty.tcp" : Remoting.Transport.SocketTransportConfig.Section);
            var transport = (Transport)Activator.CreateInstance(Type.GetType(section.GetString("transport-class"))!, system, section)!;
            var (address, promise) = await transport.Listen();
            var inbound = new TaskCompletionSource<AssociationHandle>(TaskCreationOptions.RunContinuationsAsynchronously);
            promise.SetResult(new Inbound(inbound));
            return ((transport, address), inbound);
        }

        private static readonly Akka.Configuration.Config RemoteDefaults =
            Akka.Configuration.ConfigurationFactory.FromResource("Akka.Remote.Configuration.Remote.conf", typeof(Akka.Remote.RemoteSettings).Assembly);

        private static TimeSpan Cpu()
        {
            using var own = Process.GetCurrentProcess();
            return own.TotalProcessorTime;
        }

        private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }

    private sealed class Inbound(TaskCompletionSource<AssociationHandle> promise) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev) => promise.TrySetResult(((InboundAssociation)ev).Association);
    }

    private sealed class Counter(AssociationHandle? handle) : IHandleEventListener
    {
        private volatile bool _isEcho;
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public SemaphoreSlim Arrived { get; } = new(0);

        public void Reset(bool isEcho)
        {
            (_isEcho, _count) = (isEcho, 0);
            while (Arrived.Wait(0))
            {
            }
        }

        public void Notify(IHandleEvent ev)
        {
            if (ev is not InboundPayload payload) return;
            if (_isEcho) handle!.Write(payload.Payload);
            else if (handle is null) Arrived.Release();
            Volatile.Write(ref _count, _count + 1);
        }
    }
}
