using System.Collections.Concurrent;
using ActorCompute.Kinds;

namespace ActorCompute.Chaos.Support;

/// <summary>Counts the primes below 5·10^9 over and over until it is told to end; every count has to be exact.</summary>
internal sealed class PrimeCounts(ComputeCluster cluster, Func<TimeSpan> clock)
{
    private const string To = "5e9";
    private const ulong Exact = 234_954_223;

    // Pieces die with their workers here for no fault of theirs.
    private static readonly JobOptions Options = new() { MaxWorkerDeaths = int.MaxValue };

    private readonly ConcurrentDictionary<int, TimeSpan> _firstAnswers = new();
    private volatile bool _isEnding;
    private int _finished;

    /// <summary>Jobs that ended right.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>When a process answered first.</summary>
    public TimeSpan? FirstAnswerOf(int processId) => _firstAnswers.TryGetValue(processId, out var at) ? at : null;

    /// <summary>The job that runs is the last one.</summary>
    public void End() => _isEnding = true;

    public async Task RunAsync()
    {
        while (!_isEnding)
        {
            var job = ((IJobKind)BuiltInKinds.PrimesCount).Prepare(new ParameterValues().Add("from", "0").Add("to", To));
            var count = 0UL;
            await foreach (var outcome in cluster.Start(job, Options).ReadOutcomesAsync())
            {
                Assert.True(outcome.Failure is null, $"piece {outcome.Number} failed: {outcome.Failure?.Message}");
                _firstAnswers.TryAdd(outcome.Run.ProcessId, clock());
                count += UInt64Codec.Instance.Read(outcome.Result.Span);
            }

            Assert.Equal(Exact, count);
            Interlocked.Increment(ref _finished);
        }
    }
}
