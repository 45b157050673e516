using System.Globalization;
using System.Threading.Channels;
using ActorCompute.Cli.Output;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Running;

/// <summary>Runs one job for a person: outcomes, rows, exit status.</summary>
internal sealed class JobRun(ClusterSession session, Job job, JobPlan<ReadOnlyMemory<byte>> plan)
{
    private readonly IJobReduction _reduction = job.Reduce();

    /// <summary>Where the answer goes; null for standard output.</summary>
    private AnswerPlace? Place { get; init; }

    private JobJournal? Journal { get; init; }

    private ChannelWriter<SchedulingEvent>? Events { get; init; }

    private JobLog? Log { get; init; }

    /// <summary>Sees each row as well.</summary>
    public Action<ResultRow>? OnRow { get; init; }

    /// <summary>Runs a job on the cluster that the settings name, with the files that they name.</summary>
    /// <returns>The exit status.</returns>
    public static Task<int> RunAsync(Job job, JobRunSettings settings) => ClusterSession.RunAsync(settings, async session =>
    {
        // Bad input is found here, before any process is started.
        if (settings.Format == OutputFormat.Raw && !job.Reduce().Schema.HasOutputs) throw new InputException(AnswerWriters.NotRaw);
        var plan = job.Plan(session.Cancellation);
        var untouched = UntouchedBy(plan, settings);
        var place = settings.Out is { } file ? AnswerPlace.Of(file, settings.Format, untouched) : null;
        using var journal = settings.Journal?.Open(job, plan, settings);
        await using var events = settings.Events is { } eventFile ? EventFile.Create(AnswerPlace.Of(eventFile, OutputFormat.Jsonl, untouched.Concat(Given(settings.Out)), EventFile.Option), session.Display.Note) : null;
        using var log = settings.JobLog is { } logFile ? JobLog.Create(AnswerPlace.Of(logFile, OutputFormat.Tsv, untouched.Concat(Given(settings.Out, settings.Events)), JobLog.Option), job) : null;
        foreach (var note in journal?.Notes ?? []) session.Display.Note($"warning: {note}");

        var run = new JobRun(session, job, plan) { Place = place, Journal = journal, Events = events?.Writer, Log = log };
        if (journal is { IsComplete: true }) return await run.AnswerAsync(() => RunningJob.Replay(job, plan, journal)).ConfigureAwait(false);
        await using var cluster = await session.OpenClusterAsync(plan.Count - (journal?.Done ?? 0)).ConfigureAwait(false);
        return await run.RunOnAsync(cluster).ConfigureAwait(false);
    });

    /// <summary>Runs it on a cluster that is open.</summary>
    /// <returns>The exit status.</returns>
    public Task<int> RunOnAsync(ComputeCluster cluster)
    {
        var options = session.Settings.Options with
        {
            Ordered = session.Settings.Ordered,
            Journal = Journal,
            Events = Events,
            Progress = new WorkersAbsentNotes(session.Settings.Target.Cluster, session.Display.Note),
        };
        return AnswerAsync(() => cluster.Start(job, plan, options));
    }

    /// <summary>Files that nothing may be written over.</summary>
    private static string[] UntouchedBy(JobPlan<ReadOnlyMemory<byte>> plan, JobRunSettings settings) =>
    [
        .. plan.Inputs.Select(input => input.Path),
        .. Given(settings.Journal is { } journal ? JobJournal.FileIn(journal.Folder) : null, settings.Target.SecretFile, settings.Target.TlsCertificate),
    ];

    private static IEnumerable<string> Given(params string?[] files) => files.OfType<string>();

    /// <summary>Opens the place of the answer, starts the job and writes it there.</summary>
    private async Task<int> AnswerAsync(Func<RunningJob> start)
    {
        try
        {
            await using var file = Place is { } place ? AnswerFile.Create(place) : AnswerFile.StandardOutput();
            var isDone = false;
            try
            {
                var (status, isWhole) = await WriteAsync(start, file).ConfigureAwait(false);
                if (isWhole) await file.CompleteAsync().ConfigureAwait(false);
                isDone = isWhole;
                return status;
            }
            finally
            {
                if (!isDone && await file.AbandonAsync().ConfigureAwait(false) is { } where) session.Display.Note(where);
            }
        }
        catch (IOException e) when (StandardOutputStream.IsReaderGone(e))
        {
            // The reader of the answer is gone (`| head`): that is a way of saying enough.
            session.Interruption.Cancel();
            return ExitCodes.Success;
        }
        catch (JournalException e)
        {
            // In the middle of the run: some of the answer may have been shown.
            session.Interruption.Cancel();
            return CommandLine.Fail(e.Message, ExitCodes.SomeFailed);
        }
        catch (IOException) when (session.Interruption.IsHungUp || StandardOutputStream.IsTerminalGone)
        {
            session.Interruption.Cancel();
            return CommandLine.Fail("cancelled: the terminal is closed", ExitCodes.Cancelled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            session.Interruption.Cancel();
            return CommandLine.Fail($"the answer could not be written: {e.Message}", ExitCodes.SomeFailed);
        }
    }

    /// <returns>The exit status; and whether the job ran to its end, so that the answer has all that it will have.</returns>
    private async Task<(int Status, bool IsWhole)> WriteAsync(Func<RunningJob> start, AnswerFile file)
    {
        var noun = _reduction.Schema.TaskNoun;
        var format = Place?.Format ?? session.Settings.Format;
        IAnswerWriter writer = format == OutputFormat.Raw ? new RawAnswerWriter(file.Stream, session.Display, noun) : AnswerWriters.Create(format, _reduction.Schema, file.Writer, file.IsTerminal);
        var answer = new Answer(writer, session.Display, file.IsTerminal, OnRow);
        foreach (var note in plan.Notes) answer.Note(note);
        var run = start();
        var startedAt = TimeProvider.System.GetTimestamp();
        var (cancelled, next) = (0L, 0L);
        await session.Display.ShowAsync(noun, () => run.Progress, async () =>
        {
            await foreach (var outcome in run.ReadOutcomesAsync(session.Cancellation).ConfigureAwait(false))
            {
                next = Math.Max(next, outcome.Number + 1);
                if (outcome.Failure?.Cause == FailureCause.Cancelled)
                {
                    cancelled++;
                    continue;
                }

                _reduction.Add(outcome, answer);
                Log?.Add(outcome);
            }
        }).ConfigureAwait(false);

        var isCancelled = session.Cancellation.IsCancellationRequested;
        if (run.Limit is { } limit)
        {
            AddRecorded(next, answer);
            answer.Note(Note.OfFailure(string.Create(CultureInfo.InvariantCulture, $"{limit}; {cancelled:N0} {noun}s or more were not done")));
        }
        else if (!isCancelled) _reduction.Complete(answer);
        var (done, failed) = (run.Progress.Done - run.Progress.Failed, run.Progress.Failed - cancelled);
        var isComplete = !isCancelled && !answer.IsIncomplete && failed == 0;
        answer.End(new(job.Kind.Name, done, failed, TimeProvider.System.GetElapsedTime(startedAt), isComplete, answer.Notes));
        if (!isCancelled) return (isComplete ? ExitCodes.Success : ExitCodes.SomeFailed, run.Limit is null);
        var resume = session.Settings.Journal is { Folder: var folder } ? $"; 'actorcompute resume {folder}' goes on" : "";
        return (CommandLine.Fail(string.Create(CultureInfo.InvariantCulture, $"cancelled; {done:N0} {noun}s were finished{resume}"), ExitCodes.Cancelled), false);
    }

    // The plan was not drawn to its end, but the journal has results from there on: they are done, and belong to the answer.
    private void AddRecorded(long from, Answer answer)
    {
        if (Journal is not { Done: > 0 } journal) return;
        try
        {
            foreach (var outcome in journal.ResultsFrom(job.Plan(session.Cancellation), from)) _reduction.Add(outcome, answer);
        }
        catch (InputException)
        {
            // A plan from standard input cannot be drawn again; 'resume' has the results.
        }
    }
}
