namespace ActorCompute.Scheduling;

/// <summary>
/// How long a peer that says nothing still counts as there. Each sign of life renews it; a closed connection shortens what is
/// left, since a living peer connects again at once. Pure.
/// </summary>
/// <remarks>
/// This, and no DeathWatch across the network: Akka.NET's remote watch quarantines a peer that was silent, for good, and may
/// report the end of a living one.
/// </remarks>
/// <param name="length">Silence after which it ends.</param>
/// <param name="now">A reading of one monotonic clock.</param>
public sealed class Lease(TimeSpan length, TimeSpan now)
{
    /// <summary>
    /// What is left after the connection was closed: a living peer has something to say every second or two, and Akka.Remote lets
    /// half a second pass before it connects again.
    /// </summary>
    public static readonly TimeSpan AfterDisconnect = TimeSpan.FromSeconds(3);

    private TimeSpan? _disconnectedAt;

    /// <summary>The last sign of life.</summary>
    public TimeSpan RenewedAt { get; private set; } = now;

    /// <summary>The peer has said something.</summary>
    public void Renew(TimeSpan now) => (RenewedAt, _disconnectedAt) = (now, null);

    /// <summary>The connection to the peer was closed.</summary>
    public void Disconnected(TimeSpan now) => _disconnectedAt ??= now;

    /// <summary>Whether the peer has been silent for too long.</summary>
    public bool HasExpired(TimeSpan now) => now - RenewedAt > length || now - _disconnectedAt > AfterDisconnect;
}
