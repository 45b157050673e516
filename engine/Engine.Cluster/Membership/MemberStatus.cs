namespace Akka.Cluster;

/// <summary>Where a member is on its way: Joining, Up, Leaving, Exiting, Removed; Down is the way out of one that failed.</summary>
public enum MemberStatus
{
    Joining,
    Up,
    Leaving,
    Exiting,
    Down,
    Removed,
    WeaklyUp,
}
