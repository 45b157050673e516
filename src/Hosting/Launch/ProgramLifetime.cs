using System.Runtime.InteropServices;
using Akka.Actor;

namespace ActorCompute.Hosting;

/// <summary>The life of a program that hosts one actor system: it ends by signal, by its parent's end, or by itself, in order each time.</summary>
public sealed class ProgramLifetime : IDisposable
{
    private readonly TaskCompletionSource<string> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Owns the signals from now on.</summary>
    /// <param name="hasParent">With a parent, Ctrl-C is the parent's to answer: a terminal sends it to children as well.</param>
    public ProgramLifetime(bool hasParent)
    {
        Listen(PosixSignal.SIGTERM, "SIGTERM");
        if (hasParent) _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true));
        else Listen(PosixSignal.SIGINT, "SIGINT");
        if (!hasParent) Listen(PosixSignal.SIGHUP, "SIGHUP");
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
        foreach (var signal in _signals) signal.Dispose();
    }

    private void Listen(PosixSignal signal, string name) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Stop(name);
    }));
}
