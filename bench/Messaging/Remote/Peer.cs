using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Messaging.Remote;

/// <summary>The other process: an actor that counts, one that answers. It ends with the first process.</summary>
internal static class Peer
{
    public const string Argument = "peer";
    public const string SinkName = "sink";
    public const string EchoName = "echo";

    /// <summary>What it says once it can be reached.</summary>
    public const string ListeningPrefix = "listening ";

    /// <summary>Of both processes; on loopback, for a minute, of no worth to anybody.</summary>
    public static ClusterSecret BenchSecret { get; } = ClusterSecret.FromText("the secret of the benchmarks");

    /// <summary>The sink answers every so many messages.</summary>
    public const int AcknowledgeEvery = 1000;

    public static async Task<int> RunAsync()
    {
        using var lifetime = new ProgramLifetime(hasParent: true);
        ParentPipe.Watch(Console.In, null, () => lifetime.Stop("the parent asked for it"), () => lifetime.Stop("the parent is gone"));
        var system = Listening.Start(HostEndpoint.Loopback, endpoint => SystemConfig.Peer(endpoint, BenchSecret));
        system.ActorOf(Props.Create(() => new SinkActor()), SinkName);
        system.ActorOf(Props.Create(() => new EchoActor()), EchoName);
        Console.WriteLine($"{ListeningPrefix}{SystemConfig.EndpointOf(system)}");
        await lifetime.StopRequested.ConfigureAwait(false);
        await ProgramLifetime.ShutDownAsync(system, TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    /// <summary>Takes numbered messages; one that is missing or out of order is never acknowledged, and the sender says so.</summary>
    private sealed class SinkActor : ReceiveActor
    {
        private long _next;

        public SinkActor() => Receive<WorkReport>(report =>
        {
            if (report.LastSequence == 0) _next = 0;
            if (report.LastSequence != _next) return;
            if (++_next % AcknowledgeEvery == 0) Sender.Tell(new WorkReport { Job = report.Job, LastSequence = _next }, Self);
        });
    }
}
