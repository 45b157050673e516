using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Scan;

/// <summary>Cuts a scan into tasks: by reference, by region, or the whole file in one where there is no index.</summary>
internal static class ScanPlanner
{
    /// <exception cref="InputException">The file, its index or a region cannot be used.</exception>
    public static JobPlan<ScanTask> Plan(ScanParameters parameters)
    {
        using var file = BamInput.OpenFile(parameters.File);
        var notes = new List<Note>();
        if (!file.HasEndOfFileBlock) notes.Add(new($"{file.Path}: has no end-of-file block; it was probably cut off, and only what is there is counted.", IsIncomplete: true));
        var index = BamInput.OpenIndex(file);
        if (index is { IsOlderThanBam: true }) notes.Add(new($"{index.Path}: is older than the BAM file; if that has changed since, make it again with 'samtools index'."));
        var plan = (parameters.Regions, index) switch
        {
            ({ Count: > 0 }, null) => throw new InputException($"{file.Path}: has no index, and regions need one; make it with 'samtools index {file.Path}'."),
            ({ Count: > 0 } regions, _) => Of([.. regions.Select(text => TaskOf(text, file))], notes),
            (_, null) => WholeFile(file, notes),
            _ => Of(References(file.Header), notes),
        };
        return plan with { Inputs = [InputFile.Of(file.Path), .. index is null ? [] : new[] { InputFile.Of(index.Path) }] };
    }

    private static JobPlan<ScanTask> Of(List<ScanTask> tasks, List<Note> notes) => new(tasks, tasks.Count) { Notes = notes };

    private static JobPlan<ScanTask> WholeFile(BamFile file, List<Note> notes)
    {
        notes.Add(new($"{file.Path}: has no index, so it is read from end to end by one worker; 'samtools index {file.Path}' makes one."));
        return Of([new(ScanTarget.WholeFile, "all references")], notes);
    }

    private static List<ScanTask> References(BamHeader header) =>
    [
        .. header.References.Select(reference => new ScanTask(ScanTarget.Reference, reference.Name, reference.Id, Length: reference.Length)),
        new(ScanTarget.Unplaced, "*"),
    ];

    private static ScanTask TaskOf(string text, BamFile file)
    {
        var region = BamInput.Guard(file.Path, () => RegionParser.Parse(text, file.Header));
        if (region.Reference is not { } reference) return new(ScanTarget.Unplaced, text);
        var length = Math.Max(0, Math.Min(region.Last, reference.Length) - region.First + 1);
        return new(ScanTarget.Region, text, reference.Id, region.First, region.Last, length);
    }
}
