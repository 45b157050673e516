using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Attach;

/// <summary>A living worker as the registry knows it, with the reference to talk to it directly.</summary>
internal sealed record AttachedWorker(WorkerLife Life, string Name, int Slots, string Host, int ProcessId, string Version, IActorRef Node, string PreviousEnd = "")
{
    /// <summary>What it has beside slots.</summary>
    public Resources Has { get; init; } = Resources.None;
}

/// <summary>The workers of the cluster, told to subscribers when they change.</summary>
internal sealed record WorkersChanged(IReadOnlyList<AttachedWorker> Workers);

/// <summary>Asks the attach actor for <see cref="WorkersChanged"/>, now and at each change, and for what else is seen of workers, until the subscriber ends.</summary>
internal sealed record SubscribeWorkers
{
    public static SubscribeWorkers Instance { get; } = new();
}

/// <summary>To subscribers: a connection to another process was closed. A living peer connects again.</summary>
internal sealed record PeerDisconnected(Address Address);

/// <summary>A job's actor to the attach actor: how far it is, for whoever asks the registry.</summary>
internal sealed record JobStanding(JobInfo Job);
