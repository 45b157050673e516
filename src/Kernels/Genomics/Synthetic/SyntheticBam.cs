using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Writes BAM files with the shape of a human short-read sample, for demonstrations, tests and benchmarks: sorted, 25
/// references, paired reads of 150 bases, with duplicates (5 %), secondary (1 %) and supplementary (0.5 %) alignments,
/// placed unmapped reads (0.3 %) and unplaced ones at the end (0.5 %). About 300 bytes a record, inflated.
/// </summary>
public static class SyntheticBam
{
    private const int UnplacedPerThousand = 5;

    // The fast end of deflate: three times as fast as samtools' level 6, a fifth larger.
    private const int Level = 1;

    /// <summary>Writes the file and, beside it, <c>PATH.bai</c>. Memory does not grow with the reads.</summary>
    /// <param name="path">Overwritten when it exists.</param>
    /// <param name="reads">The records in it, 0 or more.</param>
    /// <param name="seed">
    /// The same records for the same reads and seed on every platform. The bytes of the file can differ, as deflate
    /// libraries do.
    /// </param>
    /// <param name="cancellation">Looked at now and then; a part of the file is left then.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static SyntheticBamCounts Write(string path, long reads, ulong seed = 1, CancellationToken cancellation = default) =>
        Write(path, SyntheticGenome.Human, reads, seed, cancellation);

    /// <summary>As <see cref="Write(string,long,ulong,CancellationToken)"/>, but all placed reads lie on one reference.</summary>
    public static SyntheticBamCounts WriteOneReference(string path, long reads, ulong seed = 1, CancellationToken cancellation = default) =>
        Write(path, SyntheticGenome.OneReference, reads, seed, cancellation);

    private static SyntheticBamCounts Write(string path, SyntheticGenome genome, long reads, ulong seed, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reads);
        // An older index beside a newer file would be taken for its own, if this does not come to its end.
        File.Delete(path + ".bai");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        using var writer = new BgzfWriter(file, Level);
        var references = genome.References;
        WriteHeader(writer, references);

        var index = new BaiBuilder(references.Count);
        var maker = new SyntheticRecordMaker(seed);
        var unplaced = reads * UnplacedPerThousand / 1000;
        var shares = genome.Share(reads - unplaced);
        var counts = new SyntheticReferenceCounts[references.Count + 1];
        foreach (var reference in references)
        {
            maker.StartReference(reference);
            for (long i = 0; i < shares[reference.Id]; i++)
                Add(reference.Id, maker.Placed(reference, i, shares[reference.Id]), ref counts[reference.Id]);
        }

        for (long i = 0; i < unplaced; i++)
            Add(-1, maker.Unplaced(i), ref counts[^1]);

        writer.Finish();
        file.Dispose(); // before the index is written, which should not be older
        using (var indexFile = new FileStream(path + ".bai", FileMode.Create, FileAccess.Write))
            index.Write(indexFile);
        return new SyntheticBamCounts(counts[..^1], counts[^1], references);

        void Add(int referenceId, ReadOnlySpan<byte> record, ref SyntheticReferenceCounts count)
        {
            if ((count.Total & 0xFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            var begin = writer.Position;
            writer.Write(record);
            count = count.Add(maker.Flags, maker.MappingQuality);
            var isMapped = (maker.Flags & SamFlags.Unmapped) == 0;
            index.Add(referenceId, maker.Position, maker.ReferenceEnd, isMapped, new VirtualRange(begin, writer.Position));
        }
    }

    private static void WriteHeader(BgzfWriter writer, IReadOnlyList<ReferenceSequence> references)
    {
        var text = new StringBuilder("@HD\tVN:1.6\tSO:coordinate\n");
        foreach (var reference in references)
            text.Append(CultureInfo.InvariantCulture, $"@SQ\tSN:{reference.Name}\tLN:{reference.Length}\n");
        text.Append("@RG\tID:A00111.1\tSM:synthetic\tPL:ILLUMINA\n");

        writer.Write("BAM\x01"u8);
        WriteText(text.ToString());
        WriteInt32(references.Count);
        foreach (var reference in references)
        {
            WriteText(reference.Name + '\0');
            WriteInt32((int)reference.Length);
        }

        // The header in blocks of its own, as samtools writes it: so it can be replaced without moving a record.
        writer.EndBlock();

        void WriteText(string value)
        {
            var bytes = Encoding.ASCII.GetBytes(value);
            WriteInt32(bytes.Length);
            writer.Write(bytes);
        }

        void WriteInt32(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            writer.Write(bytes);
        }
    }
}
