using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Depth;

/// <summary>What is to be measured.</summary>
/// <param name="File">The file, as the client saw it.</param>
/// <param name="Index">Which index goes with it.</param>
/// <param name="Window">The length of windows in bases; 0 for none.</param>
/// <param name="BedFile">A BED file with regions, which only the client reads; null for none.</param>
/// <param name="ExcludedFlags">Reads with any of these do not count.</param>
/// <param name="MinimumMappingQuality">Nor do those with a lower one.</param>
/// <param name="FastMode">Whether deletions and overlapping mates are not looked at.</param>
internal sealed record DepthParameters(InputFile File, IndexChoice Index, long Window, string? BedFile, ushort ExcludedFlags, byte MinimumMappingQuality, bool FastMode);

/// <summary>A stretch of a reference, and what is asked of it.</summary>
/// <param name="Name">The reference's name.</param>
/// <param name="Reference">Its number in the header.</param>
/// <param name="Length">Its length in bases.</param>
/// <param name="Begin">The first base of the stretch, from 0.</param>
/// <param name="End">The one behind its last.</param>
/// <param name="Window">The windows to add up: their length, 0 for none.</param>
/// <param name="Regions">The regions to add up instead; null for none, and then without windows the stretch is one of its reference.</param>
/// <param name="Expected">Where the stretches make up the reference: how many reads the index has for it; null where it does not say.</param>
/// <param name="Whole">Of a piece of a stretch that was split: that stretch, all of whose targets are added up; null for a whole one.</param>
internal sealed record DepthTask(string Name, int Reference, long Length, long Begin, long End, long Window = 0, IReadOnlyList<DepthTarget>? Regions = null, long? Expected = null, ReferenceStretch? Whole = null)
{
    /// <summary>What a person calls it: bases counted from 1.</summary>
    internal string Label => $"{Name}:{Begin + 1}-{End}";

    /// <summary>What is added up, in the order of the sums: the windows or regions that the stretch has a part in, or its reference.</summary>
    internal IEnumerable<DepthTarget> Targets()
    {
        if (Regions is not null) return Regions;
        return Window == 0 ? [new(0, 0, Length)] : Windows();
    }

    private IEnumerable<DepthTarget> Windows()
    {
        var (first, end) = Whole ?? new(Begin, End);
        for (var begin = first - (first % Window); begin < end; begin += Window) yield return new(0, begin, Math.Min(begin + Window, Length));
    }
}

/// <summary>A window, a region of a BED file, or a whole reference.</summary>
/// <param name="Number">The region's number in its file: the same region can be there twice.</param>
/// <param name="Begin">The first base, from 0.</param>
/// <param name="End">The one behind its last; may lie behind the reference's end.</param>
/// <param name="Name">The region's name, if it has one.</param>
internal sealed record DepthTarget(int Number, long Begin, long End, string? Name = null);

/// <summary>What was measured.</summary>
/// <param name="Bases">For each of the task's targets the sum of the depths, as far as it is in the stretch.</param>
/// <param name="Min">The smallest depth in the stretch.</param>
/// <param name="Max">The largest.</param>
/// <param name="IsTruncated">The file was cut off; what is there was counted.</param>
/// <param name="Starts">How many reads start in the stretch, whether they count or not.</param>
internal sealed record DepthResult(IReadOnlyList<long> Bases, int Min, int Max, bool IsTruncated, long Starts);
