using System.Runtime.InteropServices;
using ActorCompute.Hosting;

namespace ActorCompute.Cli.Running;

/// <summary>Ctrl-C and SIGTERM: the first cancels the job in order, the second ends at once (children see the pipe end).</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    public Interruption()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (_source.IsCancellationRequested) Environment.Exit(ExitCodes.Cancelled);
                _source.Cancel();
            }));
        }
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Nobody reads the answer any more.</summary>
    public void Cancel() => _source.Cancel();

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _source.Dispose();
    }
}
