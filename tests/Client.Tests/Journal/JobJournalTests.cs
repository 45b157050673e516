using System.Text;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Journal;
using ActorCompute.Client.Tests.Jobs;
using Akka.Actor;

namespace ActorCompute.Client.Tests.Journal;

/// <summary>A job with a journal among probes, and the journal's folder afterwards.</summary>
public sealed class JobJournalTests : JobActorFixture
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("actorcompute-journal-");

    private string Folder => Path.Combine(_root.FullName, "journal");

    private string JournalPath => Path.Combine(Folder, "journal.acj");

    [Fact]
    public async Task Start_SomeTasksAreRecorded_OnlyTheOthersRun()
    {
        await RunAsync(6, finished: 4);

        var (outcomes, sent) = await ResumeAsync(6);

        Assert.Equal([4L, 5L], sent.Order());
        Assert.Equal(Enumerable.Range(0, 6).Select(number => (long)number), outcomes.Select(outcome => outcome.Number).Order());
        Assert.All(outcomes, outcome => Assert.Equal($"r{outcome.Number}", System.Text.Encoding.UTF8.GetString(outcome.Result.Span)));
        // Also where it ran is as it was.
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Number < 4 ? "name-a" : "name-b", outcome.Run.Worker));
        Assert.Equal(JournalState.Complete, JournalReport.Read(Folder).State);
    }

    [Fact]
    public async Task Start_Ordered_GivesAllInPlanOrder()
    {
        // Recorded out of order, and before it was their turn.
        await RunAsync(6, finished: 4, ordered: true, reverse: true);
        Assert.Equal(4, JournalReport.Read(Folder).Done);

        var (outcomes, sent) = await ResumeAsync(6, ordered: true);

        Assert.Equal(2, sent.Count);
        Assert.Equal(Enumerable.Range(0, 6).Select(number => (long)number), outcomes.Select(outcome => outcome.Number));
    }

    [Fact]
    public async Task Start_OneTaskFailed_IsRunAgain()
    {
        await RunAsync(3, finished: 3, failing: 1);
        Assert.Equal((2L, 1L, JournalState.Unfinished), (JournalReport.Read(Folder).Done, JournalReport.Read(Folder).Failed, JournalReport.Read(Folder).State));

        var (outcomes, sent) = await ResumeAsync(3);

        Assert.Equal([1L], sent);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        Assert.Equal((3L, 0L), (JournalReport.Read(Folder).Done, JournalReport.Read(Folder).Failed));
    }

    [Fact]
    public async Task Replay_Complete_GivesAllWithoutACluster()
    {
        await RunAsync(5, finished: 5);
        var (job, plan) = New(5);
        using var journal = JobJournal.Resume(Folder, job, plan);
        Assert.True(journal.IsComplete);
        Assert.Equal([0L, 1L, 2L, 3L, 4L], (await All(RunningJob.Replay(job, plan, journal))).Select(outcome => outcome.Number));
    }

    [Fact]
    public async Task Start_TheRestIsDrawnAsTheReaderTakes_MoreReplayedThanFitAtATime()
    {
        await RunAsync(40, finished: 39);
        var (outcomes, sent) = await ResumeAsync(40, maxOutstanding: 3);
        Assert.Equal([39L], sent);
        Assert.Equal(40, outcomes.Count);
    }

    [Fact]
    public async Task Resume_TornTail_IsDroppedWithANoteAndWrittenOver()
    {
        await RunAsync(4, finished: 2);
        await File.AppendAllBytesAsync(JournalPath, new byte[100]);
        var (job, plan) = New(4);
        using (var journal = JobJournal.Resume(Folder, job, plan)) Assert.Contains("the last 100 bytes", Assert.Single(journal.Notes), StringComparison.Ordinal);

        await ResumeAsync(4);

        using var again = JobJournal.Resume(Folder, job, plan);
        Assert.Empty(again.Notes);
        Assert.True(again.IsComplete);
    }

    [Fact]
    public async Task Resume_DamageInTheMiddle_IsRefusedWithItsOffsetOrSalvagedForGood()
    {
        await RunAsync(4, finished: 3);
        var bytes = await File.ReadAllBytesAsync(JournalPath);
        var at = bytes.AsSpan().IndexOf("r1"u8);
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(JournalPath, bytes);
        var (job, plan) = New(4);
        var error = Assert.Throws<JournalException>(() => JobJournal.Resume(Folder, job, plan));
        Assert.Equal(JournalFault.Damaged, error.Fault);
        Assert.Contains("at offset ", error.Message, StringComparison.Ordinal);
        Assert.Contains("--salvage", error.Message, StringComparison.Ordinal);
        Assert.Equal(JournalState.Damaged, JournalReport.Read(Folder).State);

        var (outcomes, sent) = await ResumeAsync(4, salvage: true);

        Assert.Equal([1L, 3L], sent.Order());
        Assert.Equal(4, outcomes.Count);
        // Accepted once, it is refused no more.
        using var journal = JobJournal.Resume(Folder, job, plan);
        Assert.True(journal.IsComplete);
    }

    [Fact]
    public async Task Resume_InUse_IsRefused()
    {
        await RunAsync(4, finished: 2);
        var (job, plan) = New(4);
        using var first = JobJournal.Resume(Folder, job, plan);
        Assert.Equal(JournalFault.InUse, Assert.Throws<JournalException>(() => JobJournal.Resume(Folder, job, plan)).Fault);
        Assert.Equal(JournalState.Running, JournalReport.Read(Folder).State);
        first.Dispose();
        JobJournal.Resume(Folder, job, plan).Dispose();
    }

    [Fact]
    public async Task Create_ThereIsOne_IsRefused()
    {
        await RunAsync(4, finished: 2);
        var (job, plan) = New(4);
        Assert.Equal(JournalFault.Exists, Assert.Throws<JournalException>(() => JobJournal.Create(Folder, job, plan)).Fault);
    }

    [Fact]
    public void Resume_ThereIsNone_IsRefused()
    {
        var (job, plan) = New(4);
        Assert.Equal(JournalFault.Missing, Assert.Throws<JournalException>(() => JobJournal.Resume(Folder, job, plan)).Fault);
    }

    [Fact]
    public void Create_FolderCannotBeMade_IsRefused()
    {
        File.WriteAllText(Folder, "a file");
        var (job, plan) = New(4);
        Assert.All(new[] { Folder, Path.Combine(Folder, "below"), "" }, folder => Assert.Equal(JournalFault.BadFolder, Assert.Throws<JournalException>(() => JobJournal.Create(folder, job, plan)).Fault));
    }

    /// <summary>Nothing is written to it: two may read it at the same time, also from where nothing can be written.</summary>
    [Fact]
    public async Task Resume_Complete_NeedsNoLock()
    {
        await RunAsync(5, finished: 5);
        var (job, plan) = New(5);
        using var first = JobJournal.Resume(Folder, job, plan);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(JournalPath, UnixFileMode.UserRead);
        using var second = JobJournal.Resume(Folder, job, plan);
        Assert.True(second.IsComplete);
        Assert.Equal(JournalState.Complete, JournalReport.Read(Folder).State);
    }

    [Fact]
    public async Task ResultsFrom_SomeAreRecorded_GivesThoseBehindTheNumberInPlanOrder()
    {
        await RunAsync(6, finished: 4, reverse: true);
        var (job, plan) = New(6);
        using var journal = JobJournal.Resume(Folder, job, plan);
        var numbers = journal.ResultsFrom(plan, 0).Select(outcome => outcome.Number).ToList();
        Assert.Equal(4, numbers.Count);
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(numbers.Skip(2), journal.ResultsFrom(New(6).Plan, numbers[2]).Select(outcome => outcome.Number));
        Assert.Empty(journal.ResultsFrom(New(6).Plan, 6));
    }

    [Fact]
    public async Task Resume_AnotherKindOrCount_IsRefused()
    {
        await RunAsync(4, finished: 2);
        var (job, plan) = New(5);
        Assert.Equal(JournalFault.OtherJob, Assert.Throws<JournalException>(() => JobJournal.Resume(Folder, job, plan)).Fault);
        job = new OtherKind().Prepare(ParameterValues.None);
        Assert.Equal(JournalFault.OtherJob, Assert.Throws<JournalException>(() => JobJournal.Resume(Folder, job, New(4).Plan)).Fault);
    }

    [Fact]
    public void Resume_InputHasChanged_IsRefusedAndNamed()
    {
        var input = Path.Combine(_root.FullName, "input.txt");
        File.WriteAllText(input, "before");
        var (job, plan) = New(4);
        JobJournal.Create(Folder, job, plan with { Inputs = [InputFile.Of(input)] }).Dispose();
        JobJournal.Resume(Folder, job, plan with { Inputs = [InputFile.Of(input)] }).Dispose();

        File.WriteAllText(input, "beyond");
        AssertRefused();
        File.WriteAllText(input, "longer than before");
        AssertRefused();
        File.Delete(input);
        Assert.Equal(JournalFault.InputChanged, Assert.Throws<JournalException>(() => JournalReport.ReadJob(Folder)).Fault);

        void AssertRefused()
        {
            var error = Assert.Throws<JournalException>(() => JobJournal.Resume(Folder, job, plan with { Inputs = [InputFile.Of(input)] }));
            Assert.Equal(JournalFault.InputChanged, error.Fault);
            Assert.StartsWith(input, error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A journal of an earlier release, whose kind wrote other parameters.</summary>
    [Fact]
    public void CheckJob_AnotherVersionOfTheKind_IsRefusedWithBoth()
    {
        var (job, plan) = New(4);
        var header = JournalHeader.Of(job, plan, DateTimeOffset.UnixEpoch, new Dictionary<string, string>());
        header.CheckJob(job, plan);
        var error = Assert.Throws<JournalException>(() => (header with { KindVersion = "3" }).CheckJob(job, plan));
        Assert.Equal(JournalFault.OtherJob, error.Fault);
        Assert.Equal($"it was begun with version 3 of 'test-kind', and this program has version {header.KindVersion}; results of both do not go together.", error.Message);
    }

    /// <summary>Workers are told of another time; the journal has looked at the file.</summary>
    [Fact]
    public void Resume_ParametersDifferInAFilesTime_GoesOn()
    {
        var plan = New(4).Plan;
        JobJournal.Create(Folder, new StampedJob("monday", "x.bam"), plan).Dispose();
        JobJournal.Resume(Folder, new StampedJob("tuesday", "x.bam"), plan).Dispose();
        var error = Assert.Throws<JournalException>(() => JobJournal.Resume(Folder, new StampedJob("monday", "y.bam"), plan));
        Assert.Contains("other parameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PlanGivesOtherTasks_EndsWithAnErrorThatNamesTheTask()
    {
        await RunAsync(4, finished: 2);
        var other = new JobPlan<ReadOnlyMemory<byte>>(TestKind.Tasks(4).Reverse(), 4);
        using var journal = JobJournal.Resume(Folder, New(4).Job, other);
        var run = new RunningJob(New(4).Job, other, new() { Journal = journal });
        Begin(run);
        var error = await Assert.ThrowsAsync<JournalException>(() => All(run));
        Assert.Equal(JournalFault.OtherJob, error.Fault);
        Assert.Contains("task 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PlanEndsEarly_EndsWithAnError()
    {
        await RunAsync(4, finished: 3);
        var shorter = new JobPlan<ReadOnlyMemory<byte>>(TestKind.Tasks(2), null);
        using var journal = JobJournal.Resume(Folder, New(4).Job, shorter);
        var run = new RunningJob(New(4).Job, shorter, new() { Journal = journal });
        var actor = Begin(run);
        Open(actor, slots: 1, window: 1, NewNode("b"));
        Assert.Equal(JournalFault.OtherJob, (await Assert.ThrowsAsync<JournalException>(() => All(run))).Fault);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _root.Delete(recursive: true);
    }

    private static (Job Job, JobPlan<ReadOnlyMemory<byte>> Plan) New(int tasks) => (new TestKind().Prepare(ParameterValues.None), new(TestKind.Tasks(tasks), tasks));

    private IActorRef Begin(RunningJob run)
    {
        run.Stream.OpenJournal();
        return Start(run);
    }

    /// <summary>Runs a job of which so many tasks are answered, and cancels the rest.</summary>
    private async Task RunAsync(int tasks, int finished, bool ordered = false, bool reverse = false, int failing = -1)
    {
        var (job, plan) = New(tasks);
        using var journal = JobJournal.Create(Folder, job, plan);
        var run = new RunningJob(job, plan, new() { Journal = journal, ChunkSize = 1, Ordered = ordered });
        var actor = Begin(run);
        var node = NewNode("a");
        Open(actor, slots: (uint)tasks, window: (uint)tasks, node);
        var chunks = node.NextChunks(tasks);
        if (reverse) chunks.Reverse();
        foreach (var chunk in chunks.Take(finished))
        {
            var replies = Node.Replies(chunk);
            if (chunk.Batches[0].First == failing) replies.Replies[0].Error = new() { Type = "Boom", Message = "text" };
            actor.Tell(replies, node.Probe.Ref);
        }

        if (finished < tasks) run.Cancel("enough");
        await All(run);
    }

    private async Task<(List<TaskOutcome> Outcomes, List<long> Sent)> ResumeAsync(int tasks, bool ordered = false, bool salvage = false, int maxOutstanding = 1000)
    {
        var (job, plan) = New(tasks);
        using var journal = JobJournal.Resume(Folder, job, plan, salvage);
        var run = new RunningJob(job, plan, new() { Journal = journal, ChunkSize = 1, Ordered = ordered, MaxOutstanding = maxOutstanding });
        var actor = Begin(run);
        var all = All(run);
        var node = NewNode("b");
        Open(actor, slots: 1, window: 1, node);
        var sent = new List<long>();
        for (var missing = tasks - journal.Done; missing > 0; missing--)
        {
            var chunk = node.NextChunk();
            sent.Add(chunk.Batches[0].First);
            node.Succeed(actor, chunk);
        }

        return (await all, sent);
    }

    private sealed class OtherKind : TestKind
    {
        public override string Name => "other-kind";
    }

    private sealed class StampedJob(string time, string file) : Job(new TestKind(), Encoding.UTF8.GetBytes(time + file))
    {
        internal override ReadOnlyMemory<byte> ParametersWithoutFileTimes => Encoding.UTF8.GetBytes(file);

        internal override JobPlan<ReadOnlyMemory<byte>> Plan(CancellationToken cancellation) => throw new InvalidOperationException("planned by the test");

        internal override IJobReduction Reduce() => throw new InvalidOperationException("reduced by nobody");
    }
}
