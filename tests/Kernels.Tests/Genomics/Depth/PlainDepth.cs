using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Depths by their definition: for each base, the reads with a base there, a proper pair once. Slow and plain.</summary>
internal static class PlainDepth
{
    public static int[] Of(IEnumerable<TestRecord> records, int referenceId, int length, DepthOptions options)
    {
        var depths = new int[length];
        var pairs = new HashSet<(string Name, int Base)>();
        foreach (var record in records)
        {
            if (record.ReferenceId != referenceId || (record.Flags & (options.ExcludedFlags | 4)) != 0 || record.MappingQuality < options.MinimumMappingQuality)
                continue;
            var isOfPair = !options.FastMode && (record.Flags & 0x802) == 2;
            foreach (var position in Covered(record, options.FastMode).Where(position => position < length))
            {
                if (!isOfPair || pairs.Add((record.Name, position)))
                    depths[position]++;
            }
        }

        return depths;
    }

    private static IEnumerable<int> Covered(TestRecord record, bool whole)
    {
        var (position, length) = (record.Position, 0);
        foreach (var c in record.Cigar)
        {
            if (char.IsAsciiDigit(c))
            {
                length = length * 10 + c - '0';
                continue;
            }

            if ("M=X".Contains(c) || whole && "DN".Contains(c))
            {
                for (var i = 0; i < length; i++)
                    yield return position + i;
            }

            if ("M=XDN".Contains(c))
                position += length;
            length = 0;
        }

        // What covers no base is one base long in fast mode.
        if (whole && position == record.Position)
            yield return position;
    }
}
