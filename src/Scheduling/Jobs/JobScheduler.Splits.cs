namespace ActorCompute.Scheduling;

/// <content>
/// The end of a job: when there is nothing left to send and slots are idle, what is left of a long task is shared. Better than a
/// copy, which computes again what is being computed.
/// </content>
internal sealed partial class JobScheduler
{
    // Answers come in by the thousand, and each look goes over all workers.
    private static readonly TimeSpan SplitInterval = TimeSpan.FromMilliseconds(50);

    private TimeSpan? _lookedForSplitAt;

    /// <summary>Asks for what is left of the task that has run longest, if that is worth it.</summary>
    /// <returns>Whether one was asked.</returns>
    private bool SplitLongest()
    {
        if (HasEnded || _cancelled || !_rules.Splits || Ledger.Waiting > 0 || _plan.TryPeek(out _) || _now - _lookedForSplitAt < SplitInterval) return false;
        _lookedForSplitAt = _now;
        if (Ledger.AskToSplit(_now) is not { } ask) return false;
        _out.Add(ask);
        return true;
    }
}
