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
        var index = BamInput.OpenIndex(file) ?? throw NoIndex(file.Path);
        if (index.IsOlderThanBam) notes.Add(BamInput.OldIndex(index));
        if (parameters.BedFile is null)
        {
            var (references, window) = (file.Header.References, parameters.Window);
            return new(references.SelectMany(reference => Stretches(reference, window)), references.Sum(reference => CountOf(reference, window))) { Notes = notes, Inputs = BamInput.FilesOf(file, index) };
        }

        var tasks = new List<DepthTask>();
        foreach (var regions in BedFile.Read(parameters.BedFile, cancellation).GroupBy(region => region.Reference, StringComparer.Ordinal))
        {
            if (file.Header.TryFind(regions.Key, out var reference)) tasks.AddRange(OfRegions(reference, [.. regions.Select(region => region.Region).OrderBy(region => region.Begin)]));
            else notes.Add(new($"{parameters.BedFile}: {regions.Count()} regions are on '{regions.Key}', which is not in {file.Path}; they are left out.", IsIncomplete: true));
        }

        return new(tasks.OrderBy(task => task.Reference), tasks.Count) { Notes = notes, Inputs = [.. BamInput.FilesOf(file, index), InputFile.Of(parameters.BedFile)] };
    }

    public static InputException NoIndex(string path) => new($"{path}: has no index, and depth needs one; make it with 'samtools index {path}'.");

    // A reference without bases is a task too: it has a row.
    private static IEnumerable<DepthTask> Stretches(ReferenceSequence reference, long window)
    {
        var length = StretchOf(window);
        var begin = 0L;
        do
        {
            var end = Math.Min(begin + length, reference.Length);
            yield return new(reference.Name, reference.Id, reference.Length, begin, end, window);
            begin = end;
        }
        while (begin < reference.Length);
    }

    private static long CountOf(ReferenceSequence reference, long window) => Math.Max(1, (reference.Length + StretchOf(window) - 1) / StretchOf(window));

    // Whole windows, where they are short enough: then no window is in two tasks.
    private static long StretchOf(long window) => window is 0 or > Stretch ? Stretch : Math.Min(Stretch / window, MostTargets) * window;

    private static IEnumerable<DepthTask> OfRegions(ReferenceSequence reference, List<DepthRegion> sorted)
    {
        var batch = new List<DepthRegion>();
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

        DepthTask Task(IReadOnlyList<DepthRegion> regions, long begin, long end) => new(reference.Name, reference.Id, reference.Length, begin, end, Regions: regions);
    }
}
