using System.Globalization;
using System.Threading.Channels;
using ActorCompute.Cli.Output;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Running;

/// <summary>Runs jobs for a person: plan, cluster, outcomes, rows, exit status.</summary>
internal sealed class JobRunner(JobRunSettings settings, ProgressDisplay display, Interruption interruption)
{
    /// <summary>Runs one job on the cluster that the settings name.</summary>
    /// <returns>The exit status.</returns>
    public static Task<int> RunAsync(Job job, JobRunSettings settings) => GuardAsync(settings, async runner =>
    {
        // Bad input is found here, before any process is started.
        if (settings.Format == OutputFormat.Raw && !job.Reduce().Schema.HasOutputs) throw new InputException(AnswerWriters.NotRaw);
        var plan = job.Plan(runner.Cancellation);
        runner._place = runner.PlaceOf(plan);
        using var journal = settings.Journal?.Open(job, plan, settings);
        runner._journal = journal;
        await using var events = settings.Events is { } file ? EventFile.Create(AnswerPlace.Of(file, OutputFormat.Jsonl, [.. runner.Untouched(plan), .. settings.Out is { } other ? new[] { other } : []], "--events"), runner.Note) : null;
        runner._events = events?.Writer;
        using var log = settings.JobLog is { } logFile ? JobLog.Create(AnswerPlace.Of(logFile, OutputFormat.Tsv, [.. runner.Untouched(plan), .. new[] { settings.Out, settings.Events }.OfType<string>()], JobLog.Option), job) : null;
        runner._log = log;
        foreach (var note in journal?.Notes ?? []) runner.Note($"warning: {note}");
        if (journal is { IsComplete: true }) return await runner.RunAsync(() => RunningJob.Replay(job, plan, journal), job, plan).ConfigureAwait(false);
        await using var cluster = await runner.OpenClusterAsync(plan.Count - (journal?.Done ?? 0)).ConfigureAwait(false);
        return await runner.RunAsync(() => cluster.Start(job, plan, runner.OptionsWith(journal)), job, plan).ConfigureAwait(false);
    });

    /// <summary>Runs something that uses a cluster; what can go wrong with that becomes a line and an exit status.</summary>
    public static async Task<int> GuardAsync(JobRunSettings settings, Func<JobRunner, Task<int>> work)
    {
        // First of all: a plan alone loads more libraries than some limits allow.
        if (OpenFiles.Shortage() is { } shortage) return CommandLine.Fail(shortage, ExitCodes.NoCluster);
        using var interruption = new Interruption();
        try
        {
            return await work(new(settings, new(settings.Progress), interruption)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ClusterUnavailableException or ProgramMissingException)
        {
            return CommandLine.Fail(e.Message, ExitCodes.NoCluster);
        }
        catch (JournalException e)
        {
            return CommandLine.Fail(e.Message, e.Fault == JournalFault.Storage ? ExitCodes.SomeFailed : ExitCodes.BadInput);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return CommandLine.Fail("cancelled", ExitCodes.Cancelled);
        }
    }

    private JobJournal? _journal;

    private ChannelWriter<SchedulingEvent>? _events;

    private JobLog? _log;

    // Where the answer goes; null for standard output.
    private AnswerPlace? _place;

    private AnswerPlace? PlaceOf(JobPlan<ReadOnlyMemory<byte>> plan) => settings.Out is null ? null : AnswerPlace.Of(settings.Out, settings.Format, Untouched(plan));

    /// <summary>Files that nothing may be written over.</summary>
    private string[] Untouched(JobPlan<ReadOnlyMemory<byte>> plan) =>
    [
        .. plan.Inputs.Select(input => input.Path),
        .. settings.Journal is { } journal ? new[] { JobJournal.FileIn(journal.Folder) } : [],
        .. new[] { settings.Target.SecretFile, settings.Target.TlsCertificate }.OfType<string>(),
    ];

    private void Note(string text) => display.Note(text);

    public CancellationToken Cancellation => interruption.Token;

    /// <summary>The cluster to run on: the one named, or an own one.</summary>
    /// <param name="tasks">Tasks to come, where known: more processes than tasks would only take time to start.</param>
    public Task<ComputeCluster> OpenClusterAsync(long? tasks)
    {
        var target = settings.Target;
        if (target.Cluster is { } seed) return ComputeCluster.ConnectAsync(seed, new() { SecretFile = target.SecretFile, TlsCertificateFile = target.TlsCertificate }, Cancellation);
        var workers = target.Workers ?? (int)Math.Clamp(tasks ?? long.MaxValue, 1, Environment.ProcessorCount);
        var options = new LocalClusterOptions { Workers = workers, Slots = target.Slots, Resources = target.Resources, Plugins = target.Plugins, BuiltInOnly = target.Plugins.Count == 0, AllowCrashes = target.AllowCrashes, TlsCertificateFile = target.TlsCertificate, OnNotice = display.Note };
        return ComputeCluster.StartLocalAsync(target.IoLimit is { } limit ? options with { IoLimit = limit } : options, cancellation: Cancellation);
    }

    /// <summary>Runs a job and writes its answer.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="job">The job.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="onRow">Sees each row as well.</param>
    /// <returns>The exit status.</returns>
    public Task<int> RunAsync(ComputeCluster cluster, Job job, JobPlan<ReadOnlyMemory<byte>> plan, Action<ResultRow>? onRow = null) =>
        RunAsync(() => cluster.Start(job, plan, OptionsWith(null)), job, plan, onRow);

    private async Task<int> RunAsync(Func<RunningJob> start, Job job, JobPlan<ReadOnlyMemory<byte>> plan, Action<ResultRow>? onRow = null)
    {
        try
        {
            return _place is { } place
                ? await RunIntoFileAsync(place, start, job, plan, onRow).ConfigureAwait(false)
                : await RunOntoOutputAsync(start, job, plan, onRow).ConfigureAwait(false);
        }
        catch (IOException e) when (StandardOutputStream.IsReaderGone(e))
        {
            // The reader of the answer is gone (`| head`): that is a way of saying enough.
            interruption.Cancel();
            return ExitCodes.Success;
        }
        catch (JournalException e)
        {
            // In the middle of the run: some of the answer may have been shown.
            interruption.Cancel();
            return CommandLine.Fail(e.Message, ExitCodes.SomeFailed);
        }
        catch (IOException) when (interruption.IsHungUp || StandardOutputStream.IsTerminalGone)
        {
            interruption.Cancel();
            return CommandLine.Fail("cancelled: the terminal is closed", ExitCodes.Cancelled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            interruption.Cancel();
            return CommandLine.Fail($"the answer could not be written: {e.Message}", ExitCodes.SomeFailed);
        }
    }

    private JobOptions OptionsWith(JobJournal? journal) => settings.Options with
    {
        Ordered = settings.Ordered,
        Journal = journal,
        Events = _events,
        Progress = new WorkersAbsentNotes(settings.Target.Cluster, display.Note),
    };

    private async Task<int> RunOntoOutputAsync(Func<RunningJob> start, Job job, JobPlan<ReadOnlyMemory<byte>> plan, Action<ResultRow>? onRow)
    {
        await using var output = AnswerWriters.StandardOutput();
        return (await RunAsync(start, job, plan, settings.Format, output, !Console.IsOutputRedirected, onRow).ConfigureAwait(false)).Status;
    }

    private async Task<int> RunIntoFileAsync(AnswerPlace place, Func<RunningJob> start, Job job, JobPlan<ReadOnlyMemory<byte>> plan, Action<ResultRow>? onRow)
    {
        await using var file = AnswerFile.Create(place);
        var isDone = false;
        try
        {
            var (status, isWhole) = await RunAsync(start, job, plan, place.Format, file.Writer, isTerminal: false, onRow).ConfigureAwait(false);
            if (isWhole) await file.CompleteAsync().ConfigureAwait(false);
            isDone = isWhole;
            return status;
        }
        finally
        {
            if (!isDone && await file.AbandonAsync().ConfigureAwait(false) is { } where) display.Note(where);
        }
    }

    private Task<(int Status, bool IsWhole)> RunAsync(Func<RunningJob> start, Job job, JobPlan<ReadOnlyMemory<byte>> plan, OutputFormat? format, TextWriter output, bool isTerminal, Action<ResultRow>? onRow)
    {
        var reduction = job.Reduce();
        var writer = format == OutputFormat.Raw ? new RawAnswerWriter(((StreamWriter)output).BaseStream, display, reduction.Schema.TaskNoun) : AnswerWriters.Create(format, reduction.Schema, output, isTerminal);
        var answer = new Answer(writer, display, isTerminal, onRow);
        foreach (var note in plan.Notes) answer.Note(note);
        return RunAsync(start(), reduction, answer);
    }

    /// <returns>The exit status; and whether the job ran to its end, so that the answer has all that it will have.</returns>
    private async Task<(int Status, bool IsWhole)> RunAsync(RunningJob run, IJobReduction reduction, Answer answer)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        var (cancelled, next) = (0L, 0L);
        await display.ShowAsync(reduction.Schema.TaskNoun, () => run.Progress, async () =>
        {
            await foreach (var outcome in run.ReadOutcomesAsync(Cancellation).ConfigureAwait(false))
            {
                next = Math.Max(next, outcome.Number + 1);
                if (outcome.Failure?.Cause == FailureCause.Cancelled) cancelled++;
                else Add(outcome);
            }
        }).ConfigureAwait(false);

        void Add(TaskOutcome outcome)
        {
            reduction.Add(outcome, answer);
            _log?.Add(outcome);
        }

        var isCancelled = Cancellation.IsCancellationRequested;
        if (run.Limit is { } limit)
        {
            AddRecorded(run.Job, next, reduction, answer);
            answer.Note(ActorCompute.Note.OfFailure(string.Create(CultureInfo.InvariantCulture, $"{limit}; {cancelled:N0} {reduction.Schema.TaskNoun}s or more were not done")));
        }
        else if (!isCancelled) reduction.Complete(answer);
        var (done, failed) = (run.Progress.Done - run.Progress.Failed, run.Progress.Failed - cancelled);
        var isComplete = !isCancelled && !answer.IsIncomplete && failed == 0;
        answer.End(new(run.Job.Kind.Name, done, failed, TimeProvider.System.GetElapsedTime(startedAt), isComplete, answer.Notes));
        if (!isCancelled) return (isComplete ? ExitCodes.Success : ExitCodes.SomeFailed, run.Limit is null);
        return (CommandLine.Fail(string.Create(CultureInfo.InvariantCulture, $"cancelled; {done:N0} {reduction.Schema.TaskNoun}s were finished{GoOn}"), ExitCodes.Cancelled), false);
    }

    // The plan was not drawn to its end, but the journal has results from there on: they are done, and belong to the answer.
    private void AddRecorded(Job job, long from, IJobReduction reduction, Answer answer)
    {
        if (_journal is not { Done: > 0 } journal) return;
        try
        {
            foreach (var outcome in journal.ResultsFrom(job.Plan(Cancellation), from)) reduction.Add(outcome, answer);
        }
        catch (InputException)
        {
            // A plan from standard input cannot be drawn again; 'resume' has the results.
        }
    }

    private string GoOn => settings.Journal is { Folder: var folder } ? $"; 'actorcompute resume {folder}' goes on" : "";
}
