namespace ActorCompute.Hosting;

/// <summary>
/// Watches the pipe that a parent holds. A line <see cref="LeaveLine"/> asks to leave the cluster in order; the end of
/// the pipe without one says that the parent is gone, and the cluster, or the reason to be in it, with it.
/// </summary>
public static class ParentPipe
{
    /// <summary>The first argument of a child that has such a pipe, and gets its <see cref="LaunchOrder"/> through it.</summary>
    public const string Flag = "--parent-pipe";

    /// <summary>The parent's order to leave.</summary>
    public const string LeaveLine = "leave";

    /// <summary>Calls one of the two back, once.</summary>
    public static void Watch(TextReader input, Action onLeave, Action onClosed)
    {
        // A thread of its own: a pool that is busy or blocked must not keep an orphan alive.
        var watcher = new Thread(() => (ReadsLeave(input) ? onLeave : onClosed)()) { IsBackground = true, Name = "parent-pipe" };
        watcher.Start();
    }

    private static bool ReadsLeave(TextReader input)
    {
        try
        {
            while (input.ReadLine() is { } line)
            {
                if (line == LeaveLine) return true;
            }
        }
        catch (IOException)
        {
            // As good as its end.
        }

        return false;
    }
}
