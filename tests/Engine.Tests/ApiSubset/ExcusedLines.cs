namespace ActorCompute.Engine.Tests.ApiSubset;

/// <summary>
/// The checked-in exceptions. A line <c># reason</c> holds for the lines under it up to the next blank line; a line
/// without a reason is an error.
/// </summary>
internal static class ExcusedLines
{
    public static IReadOnlyCollection<string> Parse(IEnumerable<string> lines)
    {
        var excused = new List<string>();
        var reason = false;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.Length == 0)
                reason = false;
            else if (line[0] == '#')
                reason = true;
            else if (reason)
                excused.Add(line);
            else
                throw new FormatException($"excused.txt: no reason stands above '{line}'");
        }
        return excused;
    }
}
