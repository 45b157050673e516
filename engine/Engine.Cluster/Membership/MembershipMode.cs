namespace Akka.Cluster.Membership;

internal enum MembershipMode
{
    /// <summary>Told nobody yet that it wants to join.</summary>
    Idle,

    /// <summary>Asks the seed to let it in.</summary>
    Joining,

    /// <summary>Is in the seed's view. Stays it while the seed is gone, and joins the next incarnation of the seed.</summary>
    Member,

    /// <summary>Makes the view that all others take over.</summary>
    Seed,

    /// <summary>Was removed or stopped; only a new incarnation can join again.</summary>
    Terminated,
}
