namespace ActorCompute.Kinds.Bam;

/// <summary>The targets that failed: one note for each is enough, however many of its parts do.</summary>
internal sealed class FailedTargets
{
    private readonly HashSet<int> _failed = [];

    /// <summary>Whether nothing was heard of the task's target failing before.</summary>
    public bool IsFirst(BamTask task) => _failed.Add(task.Target);

    public bool Any => _failed.Count > 0;
}
