using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorCompute.Worker.Commands;

/// <summary>A group of processes by the id of its leader.</summary>
internal static class UnixGroup
{
    private const int Pause = 5;

    // What a process that was killed takes to be gone: it may be in the middle of a read from a disk.
    private static readonly TimeSpan KillBound = TimeSpan.FromSeconds(1);

    /// <summary>Asks all of it to end; who was stopped goes on, to do so.</summary>
    public static void Stop(int group)
    {
        UnixCalls.Signal(-group, UnixCalls.Term);
        UnixCalls.Signal(-group, OperatingSystem.IsLinux() ? UnixCalls.Continue : UnixCalls.ContinueOnBsd);
    }

    public static void Kill(int group) => UnixCalls.Signal(-group, UnixCalls.Kill);

    /// <summary>Returns when nothing of a group is left that was asked to end; what is there after its time is killed.</summary>
    /// <param name="group">The group, whose leader nobody has to wait for any more.</param>
    /// <param name="askedAt">When it was asked.</param>
    /// <param name="grace">Its time.</param>
    public static void AwaitEnd(int group, long askedAt, TimeSpan grace)
    {
        var time = TimeProvider.System;
        var isKilled = false;
        while (IsThere(group) && Lives(group))
        {
            var elapsed = time.GetElapsedTime(askedAt);
            if (elapsed > grace && !isKilled)
            {
                Kill(group);
                isKilled = true;
            }

            if (elapsed > grace + KillBound) return;
            Wait(Pause);
        }
    }

    /// <summary>Lets some milliseconds go by.</summary>
    public static void Wait(int milliseconds) => UnixCalls.Poll([], 0, milliseconds);

    /// <summary>
    /// Whether a process of it is more than an id that nobody has waited for yet. Orphans are the first process's to wait for, and
    /// that of a container does so late or never. Elsewhere than on Linux: yes, for lack of knowing.
    /// </summary>
    private static bool Lives(int group) => !OperatingSystem.IsLinux() || Directory.EnumerateDirectories("/proc").Any(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && IsLivingOf(folder, group));

    private static bool IsLivingOf(string folder, int group)
    {
        try
        {
            // 123 (a name) S parent group …: the name may hold anything, so it is looked for from behind.
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 4);
            return fields[0] is not ("Z" or "X") && int.Parse(fields[2], CultureInfo.InvariantCulture) == group;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsThere(int group) => UnixCalls.Signal(-group, 0) == 0 || Marshal.GetLastPInvokeError() != UnixCalls.NoSuchProcess;
}
