namespace ActorCompute.Hosting;

/// <summary>
/// Why a node ends on purpose, said to its keeper before it exits. The exit status alone says nothing: it may be that of a task
/// which called <see cref="Environment.Exit(int)"/>.
/// </summary>
public enum PlannedEnd
{
    /// <summary>Nothing was said: it died, whatever its status.</summary>
    None,

    /// <summary>It was drained and has left the cluster.</summary>
    Drained,

    /// <summary>It did its share of tasks, or grew to its memory limit, and wants a fresh process in its place.</summary>
    Replaced,

    /// <summary>The seed refused it, or it was started with nonsense; another try would end the same way.</summary>
    Refused,
}

/// <summary>The line in which a node says it.</summary>
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
