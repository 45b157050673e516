namespace ActorCompute.Scheduling;

/// <summary>When a worker says to the registries that it is there, and when it gives up. Pure: events go in, instructions come out.</summary>
internal sealed class RegistrationCore
{
    /// <summary>How often a worker registers.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Sooner while unanswered: the seed may be starting beside this process.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>A person is told, at most so often, that nobody answers; jobs that are open go on meanwhile.</summary>
    public static readonly TimeSpan SilenceNotice = TimeSpan.FromSeconds(15);

    private TimeSpan? _silentSince;
    private string? _lastError;
    private bool _registered;

    /// <summary>Takes in what happened.</summary>
    /// <returns>What to do about it.</returns>
    public IReadOnlyList<RegistrationInstruction> Handle(RegistrationEvent happened)
    {
        switch (happened)
        {
            case RegistrationEvent.RegisterDue due: return OnDue(due.At);
            case RegistrationEvent.Confirmed:
                (_silentSince, _lastError, _registered) = (null, null, true);
                return [new RegistrationInstruction.RegisterAgain(Interval)];
            // Who was a member once is not sent away for good by whoever has the seed's port now.
            case RegistrationEvent.SeedFailed { IsRefusal: true } refused when !_registered:
                return [new RegistrationInstruction.GiveUp(refused.Seed, refused.Reason)];
            case RegistrationEvent.SeedFailed failed:
                _lastError = failed.Reason;
                return [];
            default: throw new ArgumentException($"nobody knows {happened}.", nameof(happened));
        }
    }

    private RegistrationInstruction[] OnDue(TimeSpan at)
    {
        _silentSince ??= at;
        RegistrationInstruction[] todo = [new RegistrationInstruction.Register(), new RegistrationInstruction.RegisterAgain(_registered ? Interval : FirstInterval)];
        if (at - _silentSince < SilenceNotice) return todo;
        _silentSince = at;
        return [new RegistrationInstruction.TellSilence(SilenceNotice, _lastError), .. todo];
    }
}
