using System.Globalization;

namespace ActorCompute.Measuring;

/// <summary>Memory that a process shares with no other.</summary>
public static class OwnMemory
{
    /// <summary>Its bytes; null where the system does not say.</summary>
    public static long? Of(int processId)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/smaps_rollup");
        if (!File.Exists(file)) return null;
        // Lines as "Private_Dirty:     14296 kB".
        return File.ReadLines(file)
            .Where(line => line.StartsWith("Private_", StringComparison.Ordinal) && !line.StartsWith("Private_Hugetlb", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
    }
}
