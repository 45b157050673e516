using System.Runtime.InteropServices;

namespace ActorCompute.Processes;

/// <summary>
/// Keeps the handler of a signal from returning until the program has ended in order. Windows ends a process as soon as the
/// handler for a closed window, a log-off or a shutdown returns, and 5 s after it was called whatever it does. Elsewhere a
/// handler returns at once.
/// </summary>
public sealed class SignalHold : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4);

    private readonly ManualResetEventSlim _ended = new();

    /// <summary>The signals of a person or system that wants a program to end, Ctrl-C apart.</summary>
    /// <remarks>SIGQUIT is Ctrl-Break on Windows; on Unix it asks for a core dump, and keeps that meaning.</remarks>
    public static IReadOnlyList<PosixSignal> Ends { get; } = OperatingSystem.IsWindows()
        ? [PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT]
        : [PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    /// <summary>At the end of a handler that has told the program to end.</summary>
    public void Wait(PosixSignal signal)
    {
        if (OperatingSystem.IsWindows() && signal is PosixSignal.SIGHUP or PosixSignal.SIGTERM) _ended.Wait(Bound);
    }

    /// <summary>The program has ended. The event itself is left to the process: a handler may just be waking up.</summary>
    public void Dispose() => _ended.Set();
}
