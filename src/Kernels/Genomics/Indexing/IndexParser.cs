using System.Buffers.Binary;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Parses BAI (SAM specification, section 5.2) and CSI (CSIv1 specification) from memory. Counts are believed only as far
/// as the bytes that they would need are there.
/// </summary>
/// <remarks><code>
/// BAI  "BAI\1" | n_ref | n_ref × reference | n_no_coor?
///      reference: n_bin | n_bin × ( bin | n_chunk | chunks ) | n_intv | n_intv × ioffset
/// CSI  "CSI\1" | min_shift | depth | l_aux | aux | n_ref | n_ref × reference | n_no_coor?
///      reference: n_bin | n_bin × ( bin | loffset | n_chunk | chunks )
/// </code>
/// A chunk is two virtual offsets of 64 bits, as are ioffset and loffset; n_no_coor has 64 bits too, the rest 32.
/// The metadata bin's two «chunks» are: begin, end; mapped, unmapped.</remarks>
/// <param name="path">The index file, for errors.</param>
/// <param name="bytes">All of it, inflated.</param>
/// <param name="bam">The BAM file it has to belong to.</param>
internal ref struct IndexParser(string path, ReadOnlySpan<byte> bytes, BamFile bam)
{
    private const int ChunkSize = 16;

    // Blocks start below 2^48 bytes, and none inflates to more than 2^16: beyond it sums could overflow, and nothing is lost.
    private const long MostRecords = 1L << 56;

    private readonly int _total = bytes.Length;
    private ReadOnlySpan<byte> _rest = bytes;
    private Binning _binning;
    private bool _isCsi;

    public (Binning Binning, ReferenceIndex[] References, long? Unplaced) Parse()
    {
        ParseHead();
        var count = ReadCount("n_ref", _isCsi ? 4 : 8);
        if (count != bam.Header.References.Count)
        {
            throw BamIndex.Mismatch(path, bam.Path,
                $"it has {count} references, the BAM file {bam.Header.References.Count}");
        }

        var references = new ReferenceIndex[count];
        for (var i = 0; i < references.Length; i++)
        {
            references[i] = ParseReference();
            if (IndexSoundness.FindFault(references[i], _binning, bam.Header.References[i].Length) is { } fault)
                throw Bad($"reference '{bam.Header.References[i].Name}': {fault}");
        }

        if (IndexSoundness.FindOverlap(references) is { } overlap)
            throw Bad($"the reads of '{bam.Header.References[overlap].Name}' would lie before those of a reference before it");

        // The last field may be missing. What stands behind it is nobody's: some programs leave room there, and readers skip it.
        long? unplaced = _rest.IsEmpty ? null : ReadNonNegative("n_no_coor");
        return (_binning, references, unplaced);
    }

    private void ParseHead()
    {
        var magic = _rest.Length >= 4 ? _rest[..4] : default;
        _isCsi = magic.SequenceEqual("CSI\x01"u8);
        if (!_isCsi && !magic.SequenceEqual("BAI\x01"u8))
            throw new BamIndexException(path, BamIndexError.NotAnIndex, "neither a BAI nor a CSI index.");
        _rest = _rest[4..];
        _binning = Binning.Bai;
        if (!_isCsi)
            return;

        var (minShift, depth) = (ReadInt32(), ReadInt32());
        if (!Binning.CanBe(minShift, depth))
            throw Bad($"min_shift {minShift} and depth {depth} are out of range");
        _binning = new Binning(minShift, depth);
        _rest = _rest[ReadCount("l_aux", 1)..];
    }

    private ReferenceIndex ParseReference()
    {
        var count = ReadCount("n_bin", _isCsi ? 16 : 8);
        if (count == 0 && (_isCsi || PeekInt32() == 0))
        {
            _rest = _rest[(_isCsi ? 0 : 4)..];
            return ReferenceIndex.Empty;
        }

        var bins = new List<(uint Number, VirtualOffset Start, int Chunk, int Chunks)>();
        var chunks = new List<VirtualRange>();
        IndexedCounts? counts = null;
        VirtualRange? noted = null;
        for (var i = 0; i < count; i++)
        {
            var number = (uint)ReadInt32();
            var start = _isCsi ? new VirtualOffset(ReadUInt64()) : default;
            var chunkCount = ReadCount("n_chunk", ChunkSize);
            if (number == _binning.MetadataBin)
            {
                if (counts is not null)
                    throw Bad("a reference has two metadata bins");
                (noted, counts) = ReadMetadata(chunkCount);
                continue;
            }

            if (number >= _binning.BinCount)
                throw Bad($"bin {number} does not exist");
            bins.Add((number, start, chunks.Count, chunkCount));
            for (var j = 0; j < chunkCount; j++)
                chunks.Add(ReadChunk());
        }

        bins.Sort((a, b) => a.Number.CompareTo(b.Number));
        for (var i = 1; i < bins.Count; i++)
        {
            if (bins[i].Number == bins[i - 1].Number)
                throw Bad($"bin {bins[i].Number} is there twice");
        }

        var firstChunk = new int[bins.Count + 1];
        var sorted = new List<VirtualRange>(chunks.Count);
        for (var i = 0; i < bins.Count; i++)
        {
            sorted.AddRange(chunks[bins[i].Chunk..(bins[i].Chunk + bins[i].Chunks)]);
            firstChunk[i + 1] = sorted.Count;
        }

        return ReferenceIndex.Create([.. bins.Select(b => b.Number)], firstChunk, [.. sorted],
            _isCsi ? [.. bins.Select(b => b.Start)] : [], _isCsi ? [] : ReadLinear(), counts, noted);
    }

    private VirtualOffset[] ReadLinear()
    {
        var linear = new VirtualOffset[ReadCount("n_intv", 8)];
        for (var i = 0; i < linear.Length; i++)
            linear[i] = new VirtualOffset(ReadUInt64());
        return linear;
    }

    private (VirtualRange Noted, IndexedCounts Counts) ReadMetadata(int chunkCount)
    {
        if (chunkCount != 2)
            throw Bad($"a metadata bin has {chunkCount} entries instead of 2");
        return (ReadChunk(), new(ReadNonNegative("the number of mapped reads"), ReadNonNegative("the number of unmapped reads")));
    }

    private VirtualRange ReadChunk()
    {
        var chunk = new VirtualRange(new VirtualOffset(ReadUInt64()), new VirtualOffset(ReadUInt64()));
        return chunk.Begin <= chunk.End ? chunk : throw Bad($"chunk {chunk} ends before it begins");
    }

    private int ReadCount(string what, int elementSize)
    {
        var count = ReadInt32();
        return count >= 0 && count <= _rest.Length / elementSize ? count
            : throw Bad($"{what} is {count}, but only {_rest.Length} bytes follow");
    }

    private long ReadNonNegative(string what)
    {
        var value = (long)ReadUInt64();
        return value is >= 0 and <= MostRecords ? value : throw Bad($"{what} is {(ulong)value}");
    }

    private readonly int PeekInt32()
    {
        Need(4);
        return BinaryPrimitives.ReadInt32LittleEndian(_rest);
    }

    private int ReadInt32()
    {
        var value = PeekInt32();
        _rest = _rest[4..];
        return value;
    }

    private ulong ReadUInt64()
    {
        Need(8);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    private readonly void Need(int count)
    {
        if (_rest.Length < count)
            throw Bad("it ends too early");
    }

    private readonly BamIndexException Bad(string what) => new(path, BamIndexError.BadContent,
        $"damaged index, at byte {_total - _rest.Length}: {what}. Make it anew with samtools index.");
}
