namespace ActorCompute.Scheduling;

/// <summary>How long to wait before a process that died is started again: at once at first, longer while it keeps dying young. Pure.</summary>
public sealed class RestartBackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // After an incarnation of at least this length the pauses start from the beginning.
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;

    /// <summary>The pause after an incarnation of this length.</summary>
    public TimeSpan Next(TimeSpan lived)
    {
        if (lived > GoodLife) _next = First;
        var pause = _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }
}
