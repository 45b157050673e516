namespace ActorCompute;

/// <summary>Finds what a person may have meant by a name that is not there, for error messages.</summary>
internal static class NearNames
{
    // A list of millions of names is not searched to its end for the sake of a message.
    private const int MostCompared = 100_000;
    private const int LongestCompared = 64;

    /// <summary>The nearest of the names, or null when none is near.</summary>
    public static string? Nearest(string wanted, IEnumerable<string> names) => Find(wanted, names, 1).FirstOrDefault();

    /// <summary>
    /// The nearest names, nearest first; empty when none is near: at most a third of the letters may differ, and one in a short word,
    /// but never all of them.
    /// </summary>
    /// <param name="wanted">What was written.</param>
    /// <param name="names">The names that there are.</param>
    /// <param name="most">How many are found at most.</param>
    /// <param name="isSame">Whether two names mean the same to a person, however many letters differ; the letters alone count when not given.</param>
    public static IReadOnlyList<string> Find(string wanted, IEnumerable<string> names, int most = 3, Func<string, string, bool>? isSame = null)
    {
        if (wanted.Length > LongestCompared) return [];
        var letters = wanted.TrimStart('-').Length;
        return
        [
            .. names.Take(MostCompared)
                .Where(name => name.Length <= LongestCompared)
                .Select(name => (Name: name, Distance: isSame?.Invoke(wanted, name) is true ? 0 : Distance(wanted, name)))
                .Where(candidate => candidate.Distance <= Math.Max(1, letters / 3) && candidate.Distance < letters)
                .OrderBy(candidate => candidate.Distance)
                .Take(most)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>
    /// Damerau and Levenshtein's distance, as far as no letters stand between two exchanged ones: how many letters are inserted, dropped or
    /// replaced, or neighbours exchanged ('tset').
    /// </summary>
    internal static int Distance(string a, string b)
    {
        // The row that is filled, and the two before it.
        var (row, above, twoAbove) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            (row, above, twoAbove) = (twoAbove, row, above);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], 1 + twoAbove[j - 2]);
            }
        }

        return row[b.Length];
    }
}
