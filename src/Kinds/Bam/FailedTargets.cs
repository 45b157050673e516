namespace ActorCompute.Kinds.Bam;

/// <summary>The targets that failed: one note for each is enough, however many of its parts do.</summary>
internal sealed class FailedTargets
{
    private readonly HashSet<int> _failed = [];

    /// <summary>Whether nothing was heard of the part's target failing before.</summary>
    public bool IsFirst(BamPart part) => _failed.Add(part.Target);

    public bool Any => _failed.Count > 0;
}
