namespace ActorCompute;

/// <summary>What a task may know of where it runs.</summary>
/// <param name="Number">The task's number in the plan, from 0.</param>
/// <param name="Attempt">Which try this is, from 1.</param>
/// <param name="Cancellation">Set when nobody wants the result any more.</param>
public readonly record struct TaskContext(long Number, int Attempt, CancellationToken Cancellation)
{
    /// <summary>For a function: the parameters the job was started with.</summary>
    public ParameterValues Parameters
    {
        get => field ?? ParameterValues.None;
        init;
    }
}
