namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The index of a BAM file, BAI or CSI: where in the file the records of a reference or a region are. Immutable, shared by
/// any number of threads.
/// </summary>
public sealed class BamIndex
{
    /// <summary>The largest index accepted, inflated: 1 GiB. That of a human genome has 9 MB.</summary>
    public const int MaxSize = 1 << 30;

    private readonly ReferenceIndex[] _references;

    private BamIndex(string path, Binning binning, ReferenceIndex[] references, long? unplaced)
    {
        Path = path;
        Binning = binning;
        _references = references;
        Unplaced = unplaced;
        EndOfPlaced = references.Max(reference => reference.Range?.End);
    }

    public string Path { get; }

    public Binning Binning { get; }

    /// <summary>As many as the BAM file's header has.</summary>
    public int ReferenceCount => _references.Length;

    /// <summary>n_no_coor: how many records have no reference; null when the index does not say.</summary>
    public long? Unplaced { get; }

    /// <summary>Behind the last record that has a reference; null when none has one.</summary>
    public VirtualOffset? EndOfPlaced { get; }

    /// <summary>
    /// Whether the index was last written before the BAM file: it may be that of an earlier version. Worth a warning, no
    /// more; copying files changes the times as well.
    /// </summary>
    public bool IsOlderThanBam { get; private init; }

    /// <summary>Finds and loads the index of a BAM file.</summary>
    /// <param name="bam">The file it must belong to.</param>
    /// <param name="path">Where it is; when not given, it is looked for as <see cref="BamIndexLocator"/> says.</param>
    /// <exception cref="BamIndexException">There is none, it is damaged, or it belongs to another file.</exception>
    /// <exception cref="BgzfException">A block of a CSI index cannot be read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BamIndex Load(BamFile bam, string? path = null)
    {
        path ??= BamIndexLocator.Find(bam.Path) ?? throw BamIndexLocator.NotFound(bam.Path);
        var bytes = ReadAll(path);
        var (binning, references, unplaced) = new IndexParser(path, bytes, bam).Parse();
        var index = new BamIndex(path, binning, references, unplaced)
        {
            IsOlderThanBam = File.GetLastWriteTimeUtc(path) < File.GetLastWriteTimeUtc(bam.Path),
        };
        index.CheckBelongsTo(bam);
        return index;
    }

    /// <summary>From the reference's first record to behind its last one; null when it has none.</summary>
    /// <remarks>The records of other references are never in it: a file with an index is sorted.</remarks>
    public VirtualRange? RangeOf(int referenceId) => _references[referenceId].Range;

    /// <summary>
    /// Places behind the begin of the reference's range where the index says that records of it start, ascending. Work can be
    /// cut there; whoever comes by such a place on the way checks that it is one.
    /// </summary>
    public VirtualOffset[] RecordStartsOf(int referenceId) => _references[referenceId].RecordStarts();

    /// <summary>The number of the reference's records; null when the index does not say.</summary>
    public IndexedCounts? CountsOf(int referenceId) => _references[referenceId].Counts;

    /// <summary>Whether the reference may have records with no position (pos -1), which are in no stretch of it.</summary>
    public bool HasReadsWithoutPosition(int referenceId) => Array.BinarySearch(_references[referenceId].Bins, Binning.BinWithoutPosition) >= 0;

    /// <summary>
    /// The ranges, ascending and apart, that hold all records which overlap the bases [begin, end) of a reference, counted
    /// from 0. They hold other records as well; look at each.
    /// </summary>
    public IReadOnlyList<VirtualRange> Query(int referenceId, long begin, long end) =>
        _references[referenceId].Query(Binning, begin, end);

    private static byte[] ReadAll(string path)
    {
        using var file = BgzfFile.Open(path);
        if (file.Length > MaxSize)
            throw TooLarge(path);

        Span<byte> magic = stackalloc byte[2];
        if (file.Read(magic, 0) == 2 && magic.SequenceEqual((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return Inflate(file);

        var bytes = new byte[file.Length];
        return file.Read(bytes, 0) == bytes.Length ? bytes : throw new EndOfStreamException($"{path}: it became shorter.");
    }

    private static byte[] Inflate(BgzfFile file)
    {
        using var inflater = Inflaters.Default.CreateInflater();
        using var reader = new BgzfReader(file, inflater);
        using var content = new MemoryStream();
        var piece = new byte[BgzfBlockHeader.MaxInflatedSize];
        int read;
        do
        {
            read = reader.Read(piece);
            content.Write(piece, 0, read);
            if (content.Length > MaxSize)
                throw TooLarge(file.Path);
        }
        while (read == piece.Length);
        return content.ToArray();
    }

    private static BamIndexException TooLarge(string path) =>
        new(path, BamIndexError.BadContent, $"the index is larger than {MaxSize} bytes.");

    // If the BAM file was cut off, the index rightly knows more than there is: then scans say that they are cut short.
    private void CheckBelongsTo(BamFile bam)
    {
        if (EndOfPlaced?.BlockOffset > bam.Data.Length && bam.HasEndOfFileBlock)
        {
            throw Mismatch(Path, bam.Path,
                $"it points to byte {EndOfPlaced.Value.BlockOffset}, the BAM file has {bam.Data.Length}");
        }
    }

    /// <summary>
    /// Looks at some of the places that the index names, and whether the file has there what it says. Reads a few blocks; an
    /// index that passes can still be wrong elsewhere, which the passes over the file notice.
    /// </summary>
    /// <exception cref="BamIndexException">It is not the index of this file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void CheckFits(BamFile bam) => new IndexFit(bam, this).Check();

    /// <summary>As <see cref="CheckFits"/>, for the reads of [begin, end) of a reference, which are then not missed for the number of a bin.</summary>
    /// <inheritdoc cref="CheckFits"/>
    public void CheckFits(BamFile bam, int referenceId, long begin, long end) => new IndexFit(bam, this).CheckBeside(referenceId, _references[referenceId].Beside(Binning, begin, end));

    /// <summary>A bin of the reference, the i-th of those that exist, and where its first record starts.</summary>
    internal (uint Bin, VirtualOffset Start)? BinAt(int referenceId, int i)
    {
        var reference = _references[referenceId];
        return reference.FirstChunk[i] == reference.FirstChunk[i + 1] ? null : (reference.Bins[i], reference.Chunks[reference.FirstChunk[i]].Begin);
    }

    /// <summary>How many bins the reference has.</summary>
    internal int BinCountOf(int referenceId) => _references[referenceId].Bins.Length;

    /// <summary>For a place that the index names and where no record starts.</summary>
    internal static BamIndexException Mislead(string bam, GenomicsFileException met) => new(bam, BamIndexError.Mismatch,
        $"the index used names a place where no read starts ({met.Detail}). It is not that of this file, or the file is damaged there; make the index anew with samtools index, or go without it.");

    /// <summary>For whoever works from what an index said and no longer has it.</summary>
    internal static BamIndexException Mismatch(string bam, string detail) => new(bam, BamIndexError.Mismatch,
        $"the index used is not that of this file: {detail}. Make it anew with samtools index.");

    internal static BamIndexException Mismatch(string index, string bam, string detail) => new(index, BamIndexError.Mismatch,
        $"not the index of {bam}: {detail}. Make it anew with samtools index.");
}
