using System.Text;

namespace ActorCompute.Kernels.Genomics;

/// <summary>Tells what a file is that was taken for BAM, by its first bytes, and how to make BAM of it.</summary>
internal static class OtherFormat
{
    private const int HeadSize = 64;

    private const string WayOut = "make BAM of it with 'samtools view -b -o OUT.bam FILE'.";

    private const int ExtraFields = 4;

    private static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B];

    /// <summary>Whether it is gzip without the lengths of blocks, which are what makes BGZF.</summary>
    public static bool IsPlainGzip(BgzfFile file)
    {
        Span<byte> head = stackalloc byte[4];
        // With the flag for extra fields, where BGZF has its lengths, it is BGZF that is damaged.
        return file.Read(head, 0) == head.Length && head.StartsWith(Gzip) && (head[3] & ExtraFields) == 0;
    }

    /// <summary>What a file is that has no BGZF block at its start; null when that cannot be told.</summary>
    public static string? Describe(BgzfFile file)
    {
        var bytes = new byte[HeadSize];
        ReadOnlySpan<byte> head = bytes.AsSpan(0, file.Read(bytes, 0));
        if (IsPlainGzip(file))
            return $"it is compressed by gzip as one piece, not in BGZF's blocks, so that no place in it can be read alone; {WayOut}";
        return DescribeData(head) ?? Archive(head);
    }

    /// <summary>What is in BGZF's blocks instead of BAM; null when that cannot be told.</summary>
    /// <param name="data">Behind the first bytes.</param>
    /// <param name="start">The first bytes.</param>
    public static string? DescribeInflated(BgzfReader data, ReadOnlySpan<byte> start)
    {
        var head = new byte[HeadSize];
        start.CopyTo(head);
        return DescribeData(head.AsSpan(0, start.Length + data.Read(head.AsSpan(start.Length))));
    }

    private static string? DescribeData(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("BAM\x01"u8))
            return $"it is BAM without compression; {WayOut}";
        if (head.StartsWith("CRAM"u8))
            return $"it is CRAM; {WayOut}";
        if (head.StartsWith("BAI\x01"u8) || head.StartsWith("CSI\x01"u8) || head.StartsWith("CRAI"u8))
            return "it is an index; name the BAM file that it belongs to.";
        if (head.StartsWith("BCF\x02"u8) || head.StartsWith("##fileformat=VCF"u8))
            return "it is VCF or BCF: variants, not reads.";
        if (head.StartsWith("version https://git-lfs"u8))
            return "it is a pointer of Git LFS, not the file itself; get that with 'git lfs pull'.";
        return IsText(head) ? DescribeText(Encoding.Latin1.GetString(head)) : null;
    }

    private static string? DescribeText(string head)
    {
        if (head.StartsWith("@HD\t", StringComparison.Ordinal) || head.StartsWith("@SQ\t", StringComparison.Ordinal)
            || head.StartsWith("@RG\t", StringComparison.Ordinal) || head.StartsWith("@PG\t", StringComparison.Ordinal)
            || head.StartsWith("@CO\t", StringComparison.Ordinal))
            return $"it is SAM, the text form; {WayOut}";
        if (head.TrimStart().StartsWith('<'))
            return "it is a web page or XML, perhaps the answer to a download that failed.";
        if (head.StartsWith('@') || head.StartsWith('>'))
            return "it is FASTQ or FASTA: reads that are not aligned.";
        // A line of SAM: name, flags as a number, …
        if (head.Split('\t') is [_, var flags, _, ..] && flags.Length > 0 && flags.All(char.IsAsciiDigit))
            return $"it looks like SAM, the text form, without its header; {WayOut}";
        return head.Length > 0 ? "it is a text file." : null;
    }

    private static string? Archive(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8))
            return "it is a zip archive; unpack it first.";
        if (head.StartsWith("BZh"u8))
            return "it is compressed by bzip2; unpack it first.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']))
            return "it is compressed by xz; unpack it first.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return "it is compressed by zstd; unpack it first.";
        return null;
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var value in head)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
        }

        return !head.IsEmpty;
    }
}
