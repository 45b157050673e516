using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>Cuts a file into parts, a task for each: by reference, by region, or the whole file in one where there is no index.</summary>
internal static class BamPlanner
{
    /// <param name="stamp">The file.</param>
    /// <param name="regions">Regions as a person wrote them; none for all references.</param>
    /// <exception cref="InputException">The file, its index or a region cannot be used.</exception>
    public static JobPlan<BamPart> Plan(FileStamp stamp, IReadOnlyList<string> regions)
    {
        using var file = BamInput.OpenFile(stamp);
        var notes = new List<Note>();
        if (!file.HasEndOfFileBlock) notes.Add(BamInput.CutOff(file));
        var index = BamInput.OpenIndex(file);
        if (index is { IsOlderThanBam: true }) notes.Add(BamInput.OldIndex(index));
        var plan = (regions, index) switch
        {
            ({ Count: > 0 }, null) => throw new InputException($"{file.Path}: has no index, and regions need one; make it with 'samtools index {file.Path}'."),
            ({ Count: > 0 }, _) => Of([.. regions.Select(text => TaskOf(text, file))], notes),
            (_, null) => WholeFile(file, notes),
            _ => Of(References(file.Header), notes),
        };
        return plan with { Inputs = BamInput.FilesOf(file, index) };
    }

    private static JobPlan<BamPart> Of(List<BamPart> tasks, List<Note> notes) => new(tasks, tasks.Count) { Notes = notes };

    private static JobPlan<BamPart> WholeFile(BamFile file, List<Note> notes)
    {
        notes.Add(new($"{file.Path}: has no index, so it is read from end to end by one worker; 'samtools index {file.Path}' makes one."));
        return Of([new(BamPartKind.WholeFile, "all references")], notes);
    }

    private static List<BamPart> References(BamHeader header) =>
    [
        .. header.References.Select(reference => new BamPart(BamPartKind.Reference, reference.Name, reference.Id, Length: reference.Length)),
        new(BamPartKind.Unplaced, "*"),
    ];

    private static BamPart TaskOf(string text, BamFile file)
    {
        var region = BamInput.Guard(file.Path, () => RegionParser.Parse(text, file.Header));
        if (region.Reference is not { } reference) return new(BamPartKind.Unplaced, text);
        var length = Math.Max(0, Math.Min(region.Last, reference.Length) - region.First + 1);
        return new(BamPartKind.Region, text, reference.Id, region.First, region.Last, length);
    }
}
