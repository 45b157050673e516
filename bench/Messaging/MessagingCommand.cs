using System.CommandLine;
using ActorCompute.Measuring;
using ActorCompute.Messaging.Local;
using ActorCompute.Messaging.Remote;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Messaging;

/// <summary>
/// How fast messages are, with the configuration and the serializer that the product runs on. Plain loops and a stop watch:
/// what takes two processes, or is a throughput under a bound, is no BenchmarkDotNet method.
/// </summary>
internal static class MessagingCommand
{
    public static RootCommand Create()
    {
        var options = new RunOptions(7);
        var root = new RootCommand("Throughput of tells and latency of asks, within a process and between two.");
        options.AddTo(root);
        root.SetAction((parsed, cancellation) => RunAsync(options.ReadRepeats(parsed), parsed.GetValue(options.Quick), parsed.GetValue(options.Json), cancellation));

        var peer = new Command(Peer.Argument, "The other process.") { Hidden = true };
        peer.SetAction((_, _) => Peer.RunAsync());
        root.Subcommands.Add(peer);
        return root;
    }

    private static async Task<int> RunAsync(int repeats, bool quick, string? json, CancellationToken cancellation)
    {
        var load = quick ? Load.Quick : Load.Full;
        var report = new Report("messaging", Console.Out);
        report.Begin();
        // Client: the product's configuration with remoting and without membership, whose heartbeats would be measured along.
        var system = Listening.Start(HostEndpoint.Loopback, endpoint => SystemConfig.Peer(endpoint, Peer.BenchSecret));
        try
        {
            var tell = new LocalTell(system, load);
            var pairs = Environment.ProcessorCount;
            report.Add(await RepeatAsync("local tell, 1 sender to 1 actor, one message object", "messages/s", () => tell.RunAsync(1, isNew: false)));
            report.Add(await RepeatAsync("local tell, 1 sender to 1 actor, each a new message", "messages/s", () => tell.RunAsync(1, isNew: true)));
            report.Add(await RepeatAsync($"local tell, {pairs} such pairs, each a new message", "messages/s", () => tell.RunAsync(pairs, isNew: true)));
            await AskAsync("local ask", new Asking(system.ActorOf(Props.Create(() => new EchoActor())), load.LocalAsks));

            using var peer = await PeerProcess.StartAsync(cancellation);
            var remoteTell = new RemoteTell(system, await peer.FindAsync(system, Peer.SinkName), load);
            report.Add(await RepeatAsync("remote tell, one way, within a bound in flight", "messages/s", remoteTell.RunAsync));
            await AskAsync("remote ask, one at a time", new Asking(await peer.FindAsync(system, Peer.EchoName), load.RemoteAsks));
            await peer.StopAsync();
        }
        finally
        {
            await ProgramLifetime.ShutDownAsync(system, TimeSpan.FromSeconds(5));
        }

        if (json is not null) report.WriteJson(json);
        return ExitCodes.Success;

        async Task AskAsync(string name, Asking asking)
        {
            var runs = new List<AskLatency>();
            for (var i = 0; i < load.WarmUps + repeats; i++) runs.Add(await asking.RunAsync());
            runs.RemoveRange(0, load.WarmUps);
            report.Add(new($"{name}: median", "µs", [.. runs.Select(run => run.Median)]));
            report.Add(new($"{name}: 99th percentile", "µs", [.. runs.Select(run => run.Percentile99)]));
        }

        async Task<Measurement> RepeatAsync(string name, string unit, Func<Task<double>> run)
        {
            var values = new List<double>();
            for (var i = 0; i < load.WarmUps + repeats; i++) values.Add(await run());
            return new(name, unit, values[load.WarmUps..]);
        }
    }
}
