namespace ActorCompute.Processes;

/// <summary>The line in which a node says its <see cref="PlannedEnd"/>.</summary>
public static class PlannedEnds
{
    private const string Prefix = "actorcompute-worker ends: ";

    /// <summary>Says it on standard output.</summary>
    public static void Say(PlannedEnd end)
    {
        try
        {
            // A task may have left a line open.
            StandardStreams.WriteLine(Environment.NewLine + Prefix + end);
        }
        catch (IOException)
        {
            // The keeper is gone; nobody starts anything again.
        }
    }

    /// <summary>Reads it.</summary>
    /// <returns>False when the line says something else.</returns>
    public static bool TryRead(string line, out PlannedEnd end)
    {
        end = PlannedEnd.None;
        return line.StartsWith(Prefix, StringComparison.Ordinal) && Enum.TryParse(line.AsSpan(Prefix.Length), out end) && Enum.IsDefined(end);
    }
}
