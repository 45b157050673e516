namespace ActorCompute.Processes;

/// <summary>
/// Watches the pipe that a parent holds. After its <see cref="LaunchOrder"/> a parent may name the seeds, and ask to leave the
/// cluster in order; the end of the pipe without that says that the parent is gone, and the cluster, or the reason to be in it,
/// with it.
/// </summary>
public static class ParentPipe
{
    /// <summary>The argument of a seed that has such a pipe, and gets its <see cref="LaunchOrder"/> through it.</summary>
    public const string Flag = "--parent-pipe";

    /// <summary>The parent's order to leave.</summary>
    public const string LeaveLine = "leave";

    /// <summary>Before the seeds, <c>HOST:PORT</c> separated by commas.</summary>
    public const string SeedsPrefix = "seeds ";

    /// <summary>Calls one of the last two back, once.</summary>
    /// <param name="input">The pipe, behind the order.</param>
    /// <param name="onSeeds">The parent named the seeds.</param>
    /// <param name="onLeave">The parent asked to leave.</param>
    /// <param name="onClosed">The parent is gone.</param>
    public static void Watch(TextReader input, Action<string>? onSeeds, Action onLeave, Action onClosed)
    {
        // A thread of its own: a pool that is busy or blocked must not keep an orphan alive.
        var watcher = new Thread(() => (ReadsLeave(input, onSeeds) ? onLeave : onClosed)()) { IsBackground = true, Name = "parent-pipe" };
        watcher.Start();
    }

    private static bool ReadsLeave(TextReader input, Action<string>? onSeeds)
    {
        try
        {
            while (input.ReadLine() is { } line)
            {
                if (line == LeaveLine) return true;
                if (line.StartsWith(SeedsPrefix, StringComparison.Ordinal)) onSeeds?.Invoke(line[SeedsPrefix.Length..]);
            }
        }
        catch (IOException)
        {
            // As good as its end.
        }

        return false;
    }
}
