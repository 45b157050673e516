namespace ActorCompute.Scheduling;

/// <summary>What a worker hears from its registries. Times are readings of one monotonic clock.</summary>
internal abstract record RegistrationEvent
{
    /// <summary>It is time to register: at the start, and when <see cref="RegistrationInstruction.RegisterAgain"/> said.</summary>
    internal sealed record RegisterDue(TimeSpan At) : RegistrationEvent;

    /// <summary>A registry that knows the secret has taken the registration.</summary>
    internal sealed record Confirmed : RegistrationEvent;

    /// <summary>A seed could not be spoken to.</summary>
    /// <param name="Seed">Which.</param>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="IsRefusal">It answered, and will answer the same next time.</param>
    internal sealed record SeedFailed(string Seed, string Reason, bool IsRefusal) : RegistrationEvent;
}

/// <summary>What is to be done about it, in this order.</summary>
internal abstract record RegistrationInstruction
{
    /// <summary>Tell a person that no seed has answered for so long.</summary>
    /// <param name="For">How long.</param>
    /// <param name="LastError">Why the last try failed; null if nothing is known.</param>
    internal sealed record TellSilence(TimeSpan For, string? LastError) : RegistrationInstruction;

    /// <summary>Say to every registry that this worker is there.</summary>
    internal sealed record Register : RegistrationInstruction;

    /// <summary>Raise <see cref="RegistrationEvent.RegisterDue"/> after this time, and not when was said before.</summary>
    internal sealed record RegisterAgain(TimeSpan After) : RegistrationInstruction;

    /// <summary>A seed will not have this worker: end.</summary>
    internal sealed record GiveUp(string Seed, string Reason) : RegistrationInstruction;
}
