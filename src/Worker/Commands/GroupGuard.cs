using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Worker.Commands;

/// <summary>
/// A process beside a worker that runs commands: waits until the worker is gone, which closes the pipe that is its standard input,
/// even after <c>kill -9</c>, and then ends what the worker left running. Its standard output is the worker's <see cref="GroupTable"/>.
/// </summary>
internal static class GroupGuard
{
    /// <summary>The first argument of such a process; then its worker's mark.</summary>
    public const string Verb = "guard";

    private const int Input = 0;
    private const int Table = 1;
    private const int Tries = 10;
    private static readonly int Moment = 20;

    public static int Run(string mark)
    {
        // Nobody but the worker's end ends it.
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }) PosixSignalRegistration.Create(signal, context => context.Cancel = true);
        var buffer = new byte[1];
        while (UnixCalls.Read(Input, buffer, 1) is var read && (read > 0 || (read < 0 && Marshal.GetLastPInvokeError() == UnixCalls.Interrupted)))
        {
        }

        using var file = new FileStream(new SafeFileHandle(Table, ownsHandle: false), FileAccess.ReadWrite, bufferSize: 0);
        using var table = new GroupTable(file);
        var places = Enumerable.Range(0, GroupTable.Places).Select(place => table[place]).Where(place => place.State != GroupState.Free).ToList();
        var groups = places.Where(place => place.State == GroupState.Running).Select(place => (place.Leader, place.Grace)).ToList();
        foreach (var place in places.Where(place => place.State == GroupState.Starting)) groups.AddRange(Find(GroupTable.MarkOf(mark, place.Run)).Select(group => (group, place.Grace)));
        foreach (var (group, _) in groups) UnixGroup.Stop(group);
        foreach (var (group, grace) in groups.OrderBy(group => group.Grace)) UnixGroup.AwaitEnd(group, TimeProvider.System.GetTimestamp(), grace);
        return 0;
    }

    /// <summary>Groups of a program that was being started, by the mark in its processes' environment; only where there is a /proc.</summary>
    private static HashSet<int> Find(string mark)
    {
        var found = new HashSet<int>();
        var wanted = System.Text.Encoding.ASCII.GetBytes($"{GroupTable.Variable}={mark}\0");
        // Between its fork and its exec a process does not have it yet.
        for (var i = 0; i < Tries && OperatingSystem.IsLinux() && found.Count == 0; i++)
        {
            UnixGroup.Wait(Moment);
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process)) continue;
                try
                {
                    if (File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(wanted) >= 0 && UnixCalls.GroupOf(process) is > 1 and var group) found.Add(group);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It is another user's, or gone.
                }
            }
        }

        return found;
    }
}
