namespace ActorCompute.Processes;

/// <summary>Finds what a person may have meant. Pure.</summary>
public static class NearName
{
    private const int LongestCompared = 64;

    /// <summary>The nearest of the names, or null when none is near: at most a third of the letters may differ, and one in a short word.</summary>
    public static string? Find(string wanted, IEnumerable<string> names)
    {
        if (wanted.Length > LongestCompared) return null;
        var letters = wanted.TrimStart('-').Length;
        return names
            .Where(name => name.Length <= LongestCompared)
            .Select(name => (Name: name, Distance: Distance(wanted, name)))
            .Where(candidate => candidate.Distance <= Math.Max(1, letters / 3) && candidate.Distance < letters)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    // Damerau and Levenshtein's: letters inserted, dropped, replaced, or two neighbours exchanged ('tset').
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], 1 + rows[i - 2, j - 2]);
            }
        }

        return rows[a.Length, b.Length];
    }
}
