using System.Globalization;
using ActorCompute.Cli.Output;
using ActorCompute.Client;
using ActorCompute.Hosting;

namespace ActorCompute.Cli.Running;

/// <summary>Runs one job for a person: plan, cluster, outcomes, rows, exit status.</summary>
internal static class JobRunner
{
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(Job job, JobRunSettings settings)
    {
        using var interruption = new Interruption();
        var display = new ProgressDisplay(settings.Progress);
        try
        {
            return await RunAsync(job, settings, display, interruption).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ClusterUnavailableException or ProgramMissingException)
        {
            return CommandLine.Fail(e.Message, ExitCodes.NoCluster);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return CommandLine.Fail("cancelled", ExitCodes.Cancelled);
        }
    }

    private static async Task<int> RunAsync(Job job, JobRunSettings settings, ProgressDisplay display, Interruption interruption)
    {
        // Bad input is found here, before any process is started.
        var plan = job.Plan(interruption.Token);
        await using var cluster = await OpenAsync(settings.Target, plan.Count, display, interruption.Token).ConfigureAwait(false);
        await using var output = AnswerWriters.StandardOutput();
        var reduction = job.Reduce();
        var answer = new Answer(AnswerWriters.Create(settings.Format, reduction.Schema, output, !Console.IsOutputRedirected), display);
        foreach (var note in plan.Notes) answer.Note(note);

        var startedAt = TimeProvider.System.GetTimestamp();
        var run = cluster.Start(job, plan, new() { Ordered = settings.Ordered });
        var cancelled = 0L;
        try
        {
            await display.ShowAsync(reduction.Schema.TaskNoun, () => run.Progress, async () =>
            {
                await foreach (var outcome in run.ReadOutcomesAsync(interruption.Token).ConfigureAwait(false))
                {
                    if (outcome.Failure?.Cause == FailureCause.Cancelled) cancelled++;
                    else reduction.Add(outcome, answer);
                }
            }).ConfigureAwait(false);
            if (!interruption.Token.IsCancellationRequested) reduction.Complete(answer);
            var progress = run.Progress;
            answer.End(new(job.Kind.Name, progress.Done - progress.Failed, progress.Failed, TimeProvider.System.GetElapsedTime(startedAt), !answer.IsIncomplete && progress.Failed == 0, answer.Notes));
            if (interruption.Token.IsCancellationRequested)
            {
                var done = (progress.Done - cancelled).ToString("N0", CultureInfo.InvariantCulture);
                return CommandLine.Fail($"cancelled; {done} {reduction.Schema.TaskNoun}s were finished", ExitCodes.Cancelled);
            }

            return answer.IsIncomplete || progress.Failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Success;
        }
        catch (IOException)
        {
            // The reader of the answer is gone (`| head`): that is a way of saying enough.
            interruption.Cancel();
            return ExitCodes.Success;
        }
    }

    private static Task<ComputeCluster> OpenAsync(JobTarget target, long? tasks, ProgressDisplay display, CancellationToken cancellation)
    {
        if (target.Cluster is { } seed) return ComputeCluster.ConnectAsync(seed, new() { SecretFile = target.SecretFile }, cancellation);
        // More processes than tasks would only take time to start.
        var workers = target.Workers ?? (int)Math.Clamp(tasks ?? long.MaxValue, 1, Environment.ProcessorCount);
        return ComputeCluster.StartLocalAsync(new() { Workers = workers, Slots = target.Slots, OnNotice = display.Note }, cancellation);
    }

    /// <summary>Rows to the writer, lines and notes to the display.</summary>
    private sealed class Answer(IAnswerWriter writer, ProgressDisplay display) : IResultSink
    {
        // A note for each of a million failures is no help.
        private const int MostNotes = 100;

        private readonly List<string> _notes = [];

        public bool IsIncomplete { get; private set; }

        public IReadOnlyList<string> Notes => _notes;

        public void Row(ResultRow row)
        {
            if (row.Line is { } line) display.Line(line);
            writer.Row(row);
        }

        public void Note(Note note)
        {
            IsIncomplete |= note.IsIncomplete;
            if (_notes.Count > MostNotes) return;
            var text = _notes.Count == MostNotes ? "further notes are left out" : note.Text;
            _notes.Add(text);
            display.Note((note.IsIncomplete ? "error: " : "warning: ") + text);
        }

        public void End(JobSummary summary) => writer.End(summary);
    }
}
