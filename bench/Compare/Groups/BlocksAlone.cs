using System.Diagnostics;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Compare.Groups;

/// <summary>What cannot be beaten by a reader on one core: every block of a file read and inflated with its CRC checked, and nothing else done.</summary>
internal static class BlocksAlone
{
    private const int ReadSize = 4 << 20;

    /// <summary>Seconds for all blocks.</summary>
    public static double Inflate(string path, InflaterProvider library)
    {
        var startedAt = Stopwatch.GetTimestamp();
        using var file = BgzfFile.Open(path);
        using var inflater = library.CreateInflater();
        var (buffer, inflated) = (new byte[ReadSize], new byte[BgzfBlockHeader.MaxInflatedSize]);
        for (var offset = 0L; offset < file.Length;)
        {
            var read = file.Read(buffer, offset);
            var rest = buffer.AsSpan(0, read);
            while (BgzfBlockHeader.Parse(rest, out var header) == BgzfHeaderStatus.Ok && header.BlockSize <= rest.Length)
            {
                var member = header.MemberOf(rest);
                if (inflater.Inflate(member, inflated.AsSpan(0, (int)member.InflatedSize)) != InflateOutcome.Ok) throw new InvalidOperationException($"{path}: a block is damaged.");
                rest = rest[header.BlockSize..];
            }

            if (rest.Length == read) throw new InvalidOperationException($"{path}: no block at {offset}.");
            offset += read - rest.Length;
        }

        return Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }
}
