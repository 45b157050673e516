using System.Runtime.InteropServices;
using Akka.Actor;

namespace ActorCompute.Processes;

/// <summary>The life of a program that hosts one actor system: it ends by signal, by its parent's end, or by itself, in order each time.</summary>
public sealed class ProgramLifetime : IDisposable
{
    private readonly TaskCompletionSource<string> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly SignalHold _hold = new();

    /// <summary>Owns the signals from now on.</summary>
    /// <param name="hasParent">
    /// With a parent, Ctrl-C and the end of the terminal are the parent's to answer: both reach the whole group of processes, and
    /// the end of the parent's pipe says all that a child needs to know.
    /// </param>
    public ProgramLifetime(bool hasParent)
    {
        Listen(PosixSignal.SIGTERM);
        foreach (var signal in SignalHold.Ends.Append(PosixSignal.SIGINT).Where(signal => signal != PosixSignal.SIGTERM))
        {
            if (hasParent) _signals.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = true));
            else Listen(signal);
        }
    }

    /// <summary>Ends with the reason to stop.</summary>
    public Task<string> StopRequested => _stop.Task;

    /// <summary>Asks the program to end; the first reason stays.</summary>
    public void Stop(string reason) => _stop.TrySetResult(reason);

    /// <summary>Runs the coordinated shutdown of a system, within a bound.</summary>
    public static async Task ShutDownAsync(ActorSystem system, TimeSpan bound)
    {
        var done = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        try
        {
            await done.WaitAsync(bound).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What cannot end in time ends with the process.
        }
    }

    public void Dispose()
    {
        _hold.Dispose();
        foreach (var signal in _signals) signal.Dispose();
    }

    private void Listen(PosixSignal signal) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Stop(signal.ToString());
        _hold.Wait(signal);
    }));
}
