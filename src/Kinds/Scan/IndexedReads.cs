using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>
/// The numbers of reads that a file's index has noted, as <c>samtools idxstats</c> gives them: no read is looked at, so there
/// is nothing to compute. Right as far as the index is the file's own and up to date.
/// </summary>
internal static class IndexedReads
{
    /// <summary>The columns of <see cref="Of"/>; the first three are those of a scan.</summary>
    public static ResultSchema Schema { get; } = new(
        [new Column("reference"), new("length", "bases"), new("reads") { IsTotalled = true }, new("mapped") { IsTotalled = true }, new("unmapped") { IsTotalled = true }]);

    /// <summary>A row for each reference in the header's order, and one for the reads without a reference.</summary>
    /// <param name="values">The BAM file, and its index if that is not beside it, as a scan has them.</param>
    /// <returns>The rows, and the files that they come from.</returns>
    /// <exception cref="InputException">There is no index, it is older than the file, or it lacks counts; the file was cut off.</exception>
    public static (IReadOnlyList<ResultRow> Rows, IReadOnlyList<string> Files) Of(ParameterValues values)
    {
        var (stamp, choice) = IndexChoice.Read(values);
        if (choice.IsLeftAlone) throw new InputException("--from-index and --no-index: the counts are the index's; leave one of them out.");
        using var file = BamInput.OpenFile(stamp);
        var index = FoundIndex.Of(file, choice).Required(file, "--from-index takes its counts from");
        if (index.IsOlderThanBam)
        {
            throw new InputException($"{index.Path}: is older than the BAM file, so its counts may be those of another one; make it again with 'samtools index {file.Path}', or scan without --from-index.");
        }

        if (!file.HasEndOfFileBlock)
        {
            throw new InputException($"{file.Path}: has no end-of-file block, so it was probably cut off and its index counts reads that are gone; scan without --from-index to count what is there.");
        }

        return ([.. file.Header.References.Select(reference => RowOf(reference, index)), Unplaced(index)], [file.Path, index.Path]);
    }

    private static ResultRow RowOf(ReferenceSequence reference, BamIndex index)
    {
        // An index notes no counts for a reference that nothing lies on.
        var counts = index.CountsOf(reference.Id) ?? (index.RangeOf(reference.Id) is null ? default(IndexedCounts) : throw Lacks(index, $"reads on '{reference.Name}'"));
        return Row(reference.Name, reference.Length, counts.Mapped, counts.Unmapped);
    }

    private static ResultRow Unplaced(BamIndex index) => Row("*", 0, 0, index.Unplaced ?? throw Lacks(index, "reads without a reference"));

    private static ResultRow Row(string reference, long length, long mapped, long unmapped) =>
        new([reference, length, mapped + unmapped, mapped, unmapped], null);

    private static InputException Lacks(BamIndex index, string what) =>
        new($"{index.Path}: does not say how many {what} there are, as indexes of old programs do; make it again with 'samtools index', or scan without --from-index.");
}
