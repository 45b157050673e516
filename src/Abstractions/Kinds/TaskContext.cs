namespace ActorCompute;

/// <summary>What a task may know of where it runs.</summary>
/// <param name="Number">The task's number in the plan, from 0.</param>
/// <param name="Attempt">Which try this is, from 1.</param>
/// <param name="Cancellation">Set when nobody wants the result any more.</param>
public readonly record struct TaskContext(long Number, int Attempt, CancellationToken Cancellation)
{
    /// <summary>
    /// The context of the task that this code is part of: for static methods that <c>Submit</c> and <c>Map</c> call, which are
    /// given none. It flows through <see langword="await"/> and <see cref="Task.Run(Action)"/>.
    /// </summary>
    /// <remarks>Code that a task leaves running when it ends may see the context of the next task there, or none.</remarks>
    /// <exception cref="InvalidOperationException">No task runs here.</exception>
    public static TaskContext Current => AmbientTask.Current?.Context
        ?? throw new InvalidOperationException("TaskContext.Current is there while a worker runs a task, and no task runs here; submit the function that uses it to a cluster (ComputeCluster.Submit or Map) instead of calling it.");

    /// <summary>For a function: the parameters the job was started with.</summary>
    public ParameterValues Parameters
    {
        get => field ?? ParameterValues.None;
        init;
    }

    /// <summary>What the task may still take once <see cref="Cancellation"/> is set; after that its process is replaced. Zero without a worker.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>The cluster that the task runs on, to run more tasks there. Without a worker, as in a test of a kind, its methods throw an <see cref="InvalidOperationException"/> unless a test sets another.</summary>
    public ITaskCluster Cluster
    {
        get => field ?? NoCluster.Instance;
        init;
    }
}
