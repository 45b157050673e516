namespace ActorCompute.Scheduling;

/// <summary>
/// Why a node ends on purpose, said to its keeper before it exits. The exit status alone says nothing: it may be that of a task
/// which called <see cref="Environment.Exit(int)"/>.
/// </summary>
public enum PlannedEnd
{
    /// <summary>Nothing was said: it died, whatever its status.</summary>
    None,

    /// <summary>It was drained and has left the cluster.</summary>
    Drained,

    /// <summary>It did its share of tasks, or grew to its memory limit, and wants a fresh process in its place.</summary>
    Replaced,

    /// <summary>The seed refused it, or it was started with nonsense; another try would end the same way.</summary>
    Refused,
}
