using System.Diagnostics;

namespace Akka.Remote.Associations;

/// <summary>Waits until associations have sent what they have, with a limit.</summary>
internal sealed class FlushWait(IEnumerable<Association> associations, TimeSpan limit)
{
    private readonly ManualResetEventSlim _progress = new(false);

    public void Run()
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var association in associations)
        {
            association.Progress += _progress.Set;
            while (!association.IsFlushed())
            {
                var rest = limit - Stopwatch.GetElapsedTime(start);
                if (rest <= TimeSpan.Zero || !_progress.Wait(rest))
                    break;
                _progress.Reset();
            }
            association.Progress -= _progress.Set;
        }
    }
}
