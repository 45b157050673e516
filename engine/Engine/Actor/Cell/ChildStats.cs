namespace Akka.Actor;

/// <summary>What a parent remembers of a child: how often it was restarted of late, and whether it was told to stop.</summary>
internal sealed class ChildStats(IInternalActorRef child)
{
    private int _restarts;
    private long _windowStart;

    public IInternalActorRef Child { get; } = child;

    public long Uid => Child.Path.Uid;

    public bool Stopping { get; set; }

    /// <summary>
    /// Whether the limits allow one more restart, and if so counts it. <paramref name="maxRestarts"/> below 0: no limit;
    /// 0: none; <paramref name="windowMilliseconds"/> of 0 or less: the count never starts anew.
    /// </summary>
    public bool RequestRestartPermission(int maxRestarts, int windowMilliseconds, long nowMilliseconds)
    {
        if (maxRestarts == 0)
            return false;
        if (windowMilliseconds <= 0)
            return maxRestarts < 0 || ++_restarts <= maxRestarts;
        // A window without a number means one restart per window.
        var allowed = maxRestarts < 0 ? 1 : maxRestarts;
        if (_restarts == 0 || nowMilliseconds - _windowStart > windowMilliseconds)
        {
            _windowStart = nowMilliseconds;
            _restarts = 1;
            return true;
        }
        return ++_restarts <= allowed;
    }
}
