using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Depth;

/// <summary>Cuts references into stretches, each with the windows or regions that are added up in it.</summary>
internal static class DepthPlanner
{
    // The longest: enough work to be worth a task, an array that fits the caches of no machine but the memory of all.
    private const long Stretch = DepthScanner.LongestStretch;

    // Sums that one result carries: some 50 KB.
    private const int MostTargets = 10_000;

    // Regions as far apart as this are read apart: less than some blocks of the file between them is read faster than left out.
    private const long WidestGap = 1 << 16;

    /// <exception cref="InputException">The file, its index or the BED file cannot be used.</exception>
    public static JobPlan<DepthTask> Plan(DepthParameters parameters, CancellationToken cancellation)
    {
        using var file = BamInput.OpenFile(parameters.File);
        var notes = new List<Note>();
        if (!file.HasEndOfFileBlock) notes.Add(BamInput.CutOff(file));
        var found = FoundIndex.Of(file, parameters.Index);
        var index = found.Required(file, "depth needs");
        notes.AddRange(found.Notes);
        InputFile[] inputs = [.. BamInput.FilesOf(parameters.File, index), .. parameters.BedFile is { } bed && !InputFile.IsReadOnce(bed) ? new[] { InputFile.Of(bed) } : []];
        if (parameters.BedFile is null)
        {
            var (references, window) = (file.Header.References, parameters.Window);
            // The plan outlives the file and its index.
            var expected = references.Select(reference => ExpectedOn(reference.Id, index)).ToArray();
            return new(references.SelectMany(reference => Stretches(reference, window, expected[reference.Id])), references.Sum(reference => CountOf(reference, window))) { Notes = notes, Inputs = inputs };
        }

        var tasks = new List<DepthTask>();
        foreach (var regions in BedFile.Read(parameters.BedFile, cancellation).GroupBy(region => region.Reference, StringComparer.Ordinal))
        {
            if (file.Header.TryFind(regions.Key, out var reference)) tasks.AddRange(OfRegions(reference, [.. regions.Select(region => region.Region).OrderBy(region => region.Begin)]));
            else notes.Add(new($"{parameters.BedFile}: {regions.Count()} regions are on '{regions.Key}', which is not in {file.Path}; they are left out.", IsIncomplete: true));
        }

        return new(tasks.OrderBy(task => task.Reference), tasks.Count) { Notes = notes, Inputs = inputs };
    }

    // Reads without a position are in no stretch, and in a bin of their own.
    private static long? ExpectedOn(int reference, BamIndex index) => index.HasReadsWithoutPosition(reference) ? null : index.CountsOf(reference)?.Total;

    // A reference without bases is a task too: it has a row.
    private static IEnumerable<DepthTask> Stretches(ReferenceSequence reference, long window, long? expected)
    {
        var length = StretchOf(window);
        var begin = 0L;
        do
        {
            var end = Math.Min(begin + length, reference.Length);
            yield return new(reference.Name, reference.Id, reference.Length, begin, end, window, Expected: expected);
            begin = end;
        }
        while (begin < reference.Length);
    }

    private static long CountOf(ReferenceSequence reference, long window) => Math.Max(1, (reference.Length + StretchOf(window) - 1) / StretchOf(window));

    // Whole windows, where they are short enough: then no window is in two tasks.
    private static long StretchOf(long window) => window is 0 or > Stretch ? Stretch : Math.Min(Stretch / window, MostTargets) * window;

    private static IEnumerable<DepthTask> OfRegions(ReferenceSequence reference, List<DepthTarget> sorted)
    {
        var batch = new List<DepthTarget>();
        var (from, to) = (0L, 0L);
        foreach (var region in sorted)
        {
            var (begin, end) = (Math.Min(region.Begin, reference.Length), Math.Min(region.End, reference.Length));
            if (end - begin > Stretch)
            {
                for (var at = begin; at < end; at += Stretch) yield return Task([region], at, Math.Min(at + Stretch, end));
                continue;
            }

            if (batch.Count > 0 && (Math.Max(to, end) - from > Stretch || begin - to > WidestGap || batch.Count == MostTargets))
            {
                yield return Task([.. batch], from, to);
                batch.Clear();
            }

            (from, to) = batch.Count == 0 ? (begin, end) : (from, Math.Max(to, end));
            batch.Add(region);
        }

        if (batch.Count > 0) yield return Task([.. batch], from, to);

        DepthTask Task(IReadOnlyList<DepthTarget> regions, long begin, long end) => new(reference.Name, reference.Id, reference.Length, begin, end, Regions: regions);
    }
}
