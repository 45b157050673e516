using System.Runtime.InteropServices;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Running;

/// <summary>Ctrl-C, SIGTERM, a closed terminal: the first cancels the job in order, the second ends at once (children see the pipe end).</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly SignalHold _hold = new();

    public Interruption()
    {
        foreach (var signal in SignalHold.Ends.Append(PosixSignal.SIGINT))
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (signal == PosixSignal.SIGHUP) IsHungUp = true;
                if (_source.IsCancellationRequested) Environment.Exit(ExitCodes.Cancelled);
                _source.Cancel();
                _hold.Wait(signal);
            }));
        }
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The terminal is gone: what is written there fails.</summary>
    public bool IsHungUp { get; private set; }

    /// <summary>Nobody reads the answer any more.</summary>
    public void Cancel() => _source.Cancel();

    public void Dispose()
    {
        _hold.Dispose();
        foreach (var signal in _signals) signal.Dispose();
        _source.Dispose();
    }
}
