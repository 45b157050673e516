using System.Diagnostics;
using ActorCompute.Measuring;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Messaging;

/// <summary>Median and 99th percentile of one repetition, in microseconds.</summary>
internal readonly record struct AskLatency(double Median, double Percentile99);

/// <summary>Asks one after the other, and checks that each answer is the one to its question.</summary>
internal sealed class Asking(IActorRef target, int count)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<AskLatency> RunAsync()
    {
        var latencies = new double[count];
        for (var i = 0; i < count; i++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var answer = await target.Ask<WorkReport>(new WorkReport { Job = "ask", LastSequence = i }, Patience).ConfigureAwait(false);
            latencies[i] = Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds;
            if (answer.LastSequence != i) throw new InvalidOperationException($"asked {i}, answered {answer.LastSequence}.");
        }

        Array.Sort(latencies);
        return new(Measurement.Percentile(latencies, 0.5), Measurement.Percentile(latencies, 0.99));
    }
}
