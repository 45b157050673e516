namespace ActorCompute.Kernels.Genomics;

/// <summary>Finds what a person may have meant by a name that is not there, for error messages.</summary>
internal static class NearNames
{
    private const int MostNames = 3;

    // A list of millions of names is not searched to its end for the sake of a message.
    private const int MostCompared = 100_000;
    private const int LongestCompared = 64;

    /// <summary>The nearest names, nearest first; empty when none is near.</summary>
    public static IReadOnlyList<string> Find(string wanted, IEnumerable<string> names) =>
        wanted.Length > LongestCompared ? [] :
        [
            .. names.Take(MostCompared)
                .Select(name => (name, distance: Distance(wanted, name)))
                .Where(candidate => candidate.distance <= Math.Max(1, wanted.Length / 3))
                .OrderBy(candidate => candidate.distance)
                .Take(MostNames)
                .Select(candidate => candidate.name),
        ];

    // «chr1» for «1», and the other way round, is the commonest mistake of all: as near as a difference of letter case.
    private static int Distance(string wanted, string name)
    {
        if (name.Length > LongestCompared)
            return int.MaxValue;
        if (WithoutPrefix(wanted).Equals(WithoutPrefix(name), StringComparison.OrdinalIgnoreCase))
            return 0;
        return EditDistance(wanted, name);
    }

    private static ReadOnlySpan<char> WithoutPrefix(string name) =>
        name.StartsWith("chr", StringComparison.OrdinalIgnoreCase) ? name.AsSpan(3) : name;

    // Levenshtein's, one row at a time.
    private static int EditDistance(string a, string b)
    {
        Span<int> row = stackalloc int[LongestCompared + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
