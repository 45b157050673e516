using System.Diagnostics;

namespace ActorCompute.Compare.Running;

/// <summary>A job that ran to its end from this program.</summary>
/// <param name="Seconds">From its plan to its last row.</param>
/// <param name="Rows">Its answer.</param>
internal sealed record JobRun(double Seconds, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    public static async Task<JobRun> RunAsync(ComputeCluster cluster, IJobKind kind, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var values = new ParameterValues();
        foreach (var (name, value) in parameters) values.Add(name, value);
        var job = kind.Prepare(values);
        var (reduction, sink) = (job.Reduce(), new Sink());
        await foreach (var outcome in cluster.Start(job, cancellation: cancellation).ReadOutcomesAsync(cancellation).ConfigureAwait(false)) reduction.Add(outcome, sink);
        reduction.Complete(sink);
        return new(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, sink.Rows);
    }

    private sealed class Sink : IResultSink<ResultRow>
    {
        public List<IReadOnlyList<object?>> Rows { get; } = [];

        public void Row(ResultRow row, TaskRun? run) => Rows.Add(row.Values);

        public void Note(Note note)
        {
            if (note.IsIncomplete) throw new InvalidOperationException(note.Text);
        }
    }
}
