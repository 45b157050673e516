namespace ActorCompute;

/// <summary>The tasks of a job.</summary>
/// <param name="Tasks">The tasks in plan order. Enumerated once, lazily, on a thread that may block.</param>
/// <param name="Count">How many there are, where that is known without enumerating.</param>
public sealed record JobPlan<TTask>(IEnumerable<TTask> Tasks, long? Count)
{
    /// <summary>What a person should know before the results come.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>
    /// The files that the plan and the work read: a journalled job is resumed only while they are unchanged. A plan that lists
    /// none is resumed whatever its files have become.
    /// </summary>
    public IReadOnlyList<InputFile> Inputs { get; init; } = [];
}
