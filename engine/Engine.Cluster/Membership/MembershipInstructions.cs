using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>What <see cref="MembershipState"/> wants done, in this order.</summary>
internal abstract record MembershipInstruction
{
    public sealed record Send(Address To, MembershipMessage Message) : MembershipInstruction;

    /// <summary>What this node sees has changed: publish the events between the two.</summary>
    public sealed record Publish(MembershipView Before, MembershipView After) : MembershipInstruction;

    /// <summary>Heartbeats with this node from now on; tell when it goes silent and when it speaks again.</summary>
    public sealed record Monitor(UniqueAddress Node) : MembershipInstruction;

    public sealed record StopMonitoring(UniqueAddress Node) : MembershipInstruction;

    /// <summary>The incarnation was downed: once what was sent to it has left, nothing goes to it or comes from it any more.</summary>
    public sealed record Quarantine(UniqueAddress Node) : MembershipInstruction;

    /// <summary>This node is Exiting: finish, then confirm.</summary>
    public sealed record BeginExit : MembershipInstruction;

    /// <summary>This node is no member any more, for good.</summary>
    public sealed record ShutDown(bool Downed) : MembershipInstruction;
}
