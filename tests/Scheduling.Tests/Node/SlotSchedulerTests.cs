using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Node;

public sealed class SlotSchedulerTests
{
    private static readonly JobId A = new("job-a");
    private static readonly JobId B = new("job-b");
    private static readonly TimeSpan Chunk = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void Next_ChunksOfOneJob_ComeInOrderUpToTheSlots()
    {
        var scheduler = new SlotHarness(2);
        scheduler.Open(A);
        for (var i = 1; i <= 3; i++) scheduler.Add(A, i);

        Assert.Equal([new(A, 1), new(A, 2), null], new Turn?[] { scheduler.Next(), scheduler.Next(), scheduler.Next() });
        Assert.Equal(0, scheduler.Free);
        scheduler.Done(A, Chunk);
        Assert.Equal(new Turn(A, 3), scheduler.Next());
        Assert.Null(scheduler.Next());
    }

    [Fact]
    public void Remove_AChunkThatWaits_IsNotRunAndTheOthersKeepTheirOrder()
    {
        var scheduler = new SlotHarness(1);
        scheduler.Open(A);
        for (var i = 1; i <= 4; i++) scheduler.Add(A, i);
        scheduler.Next();

        scheduler.Remove(A, 3);
        scheduler.Remove(B, 4);

        scheduler.Done(A, Chunk);
        Assert.Equal(new Turn(A, 2), scheduler.Next());
        scheduler.Done(A, Chunk);
        Assert.Equal(new Turn(A, 4), scheduler.Next());
    }

    [Fact]
    public void Next_NothingWaits_IsNone()
    {
        var scheduler = new SlotHarness(2);
        Assert.Null(scheduler.Next());
        scheduler.Open(A);
        Assert.Null(scheduler.Next());
        Assert.Equal(2, scheduler.Free);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Next_LargeJobThere_SmallOneWaitsForTheRunningChunksOnly(int slots)
    {
        var simulation = new Simulation(slots);
        simulation.Add(A, 100_000);
        simulation.Run(until: slots * 50);

        simulation.Add(B, 10);
        var before = simulation.Started(A);
        simulation.RunUntil(B, 1);
        // It starts with the first slot that comes free.
        Assert.InRange(simulation.Started(A) - before, 0, 0);
        simulation.RunUntil(B, 10);

        // From then on the two take turns.
        Assert.InRange(simulation.Started(A) - before, 0, 10 + slots);
    }

    [Fact]
    public void Next_OneSlotAndChunksOfUnequalLength_SharesTheTimeNotTheTurns()
    {
        var simulation = new Simulation(1, job => job == A ? 3 * Chunk : Chunk);
        simulation.Add(A, 1000);
        simulation.Add(B, 1000);
        simulation.Run(until: 400);

        Assert.InRange((double)simulation.Started(B) / simulation.Started(A), 2.8, 3.2);
    }

    [Fact]
    public void Add_JobThatWasIdle_HasNoClaimToTheTimeItWasAway()
    {
        var simulation = new Simulation(1);
        simulation.Open(B);
        simulation.Add(A, 2000);
        simulation.Run(until: 1000);

        simulation.Add(B, 1000);
        var before = simulation.Started(A);
        simulation.Run(until: 1100);

        Assert.InRange(simulation.Started(A) - before, 49, 51);
    }

    [Fact]
    public void Open_OthersHaveRunForLong_StartsLevelWithThem()
    {
        var simulation = new Simulation(1);
        simulation.Add(A, 2000);
        simulation.Run(until: 1000);
        simulation.Add(B, 1000);
        var before = simulation.Started(A);
        simulation.Run(until: 1100);
        Assert.InRange(simulation.Started(A) - before, 49, 51);
    }

    [Fact]
    public void Open_OthersIdle_DoesNotPushThemBackWhenTheyReturn()
    {
        var simulation = new Simulation(1);
        simulation.Add(A, 1000);
        simulation.Run(until: 1000);
        simulation.Add(B, 1000);
        simulation.Run(until: 1010);
        simulation.Add(A, 1000);
        var before = simulation.Started(A);
        simulation.Run(until: 1110);
        Assert.InRange(simulation.Started(A) - before, 49, 51);
    }

    [Fact]
    public void Close_WhileRunning_DropsWhatWaitsAndKeepsTheSlotsBusyUntilDone()
    {
        var scheduler = new SlotHarness(2);
        scheduler.Open(A);
        for (var i = 1; i <= 4; i++) scheduler.Add(A, i);
        scheduler.Next();
        scheduler.Next();

        scheduler.Close(A);

        Assert.Equal(0, scheduler.Free);
        scheduler.Open(B);
        scheduler.Add(B, 1);
        Assert.Null(scheduler.Next());
        scheduler.Done(A, Chunk);
        Assert.Equal(new Turn(B, 1), scheduler.Next());
        scheduler.Done(A, Chunk);
        scheduler.Done(B, Chunk);
        Assert.Null(scheduler.Next());
        Assert.Equal(2, scheduler.Free);
    }

    [Fact]
    public void Add_JobNotOpen_IsIgnored()
    {
        var scheduler = new SlotHarness(1);
        scheduler.Add(A, 1);
        Assert.Null(scheduler.Next());
    }

    [Fact]
    public void AnySequence_NeverMoreBusyThanSlots_NothingIdleWhileSomethingWaits() =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 4)), Arb.Array(Arb.From(Gen.Zip(Gen.Choose(0, 4), Gen.Choose(0, 3)))), (slots, moves) =>
        {
            var scheduler = new SlotHarness(slots);
            var (waiting, running, sequence) = (new List<Turn>(), new List<Turn>(), 0L);
            foreach (var (move, which) in moves)
            {
                var job = new JobId($"job-{which}");
                switch (move)
                {
                    case 0:
                        if (waiting.Concat(running).All(turn => turn.Job != job)) scheduler.Open(job);
                        break;
                    case 1:
                        scheduler.Open(job);
                        waiting.RemoveAll(turn => turn.Job == job);
                        scheduler.Add(job, ++sequence);
                        waiting.Add(new(job, sequence));
                        break;
                    case 2:
                        if (scheduler.Next() is { } next)
                        {
                            Assert.True(waiting.Remove(next), $"{next} does not wait");
                            running.Add(next);
                        }
                        else
                        {
                            Assert.True(running.Count == slots || waiting.Count == 0, "a slot is idle while something waits");
                        }

                        break;
                    case 3:
                        if (running.Count == 0) break;
                        var done = running[which % running.Count];
                        running.Remove(done);
                        scheduler.Done(done.Job, TimeSpan.FromMilliseconds(which));
                        break;
                    default:
                        scheduler.Close(job);
                        waiting.RemoveAll(turn => turn.Job == job);
                        break;
                }

                Assert.Equal(slots - running.Count, scheduler.Free);
            }
        }).Check(PropertyRuns.Of(300));

    /// <summary>Slots and a clock: whatever is due first ends first.</summary>
    private sealed class Simulation(int slots, Func<JobId, TimeSpan>? length = null)
    {
        private readonly SlotHarness _scheduler = new(slots);
        private readonly PriorityQueue<JobId, TimeSpan> _running = new();
        private readonly Dictionary<JobId, int> _started = [];
        private readonly HashSet<JobId> _open = [];
        private TimeSpan _now;
        private long _sequence;
        private int _total;

        public int Started(JobId job) => _started.GetValueOrDefault(job);

        public void Open(JobId job)
        {
            if (_open.Add(job)) _scheduler.Open(job);
        }

        public void Add(JobId job, int chunks)
        {
            Open(job);
            for (var i = 0; i < chunks; i++) _scheduler.Add(job, ++_sequence);
        }

        public void Run(int until)
        {
            while (_total < until) Step();
        }

        public void RunUntil(JobId job, int started)
        {
            while (Started(job) < started) Step();
        }

        private void Step()
        {
            if (_scheduler.Next() is { } turn)
            {
                _total++;
                _started[turn.Job] = Started(turn.Job) + 1;
                // Not all at the same moment: each a little later than the one before.
                _running.Enqueue(turn.Job, _now + LengthOf(turn.Job) + TimeSpan.FromTicks(_total));
                return;
            }

            Assert.True(_running.TryDequeue(out var job, out _now), "nothing runs and nothing is begun");
            _scheduler.Done(job, LengthOf(job));
        }

        private TimeSpan LengthOf(JobId job) => length?.Invoke(job) ?? Chunk;
    }
}
