namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>Whose turn it is when jobs have clients and priorities.</summary>
public sealed class SlotSharesTests
{
    private static readonly TimeSpan Chunk = TimeSpan.FromMilliseconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Next_OneClientWithTenJobsAndOneWithOne_ShareAlike(int slots)
    {
        var world = new World(slots);
        for (var i = 0; i < 10; i++) world.Open($"many-{i}", "many");
        world.Open("single", "single");
        world.Run(400);
        Assert.InRange(world.Of("single"), 198, 202);
        // And the ten among themselves.
        for (var i = 0; i < 10; i++) Assert.InRange(world.Of($"many-{i}"), 18, 22);
    }

    [Fact]
    public void Next_ClientsWithChunksOfUnequalLength_ShareTheTime()
    {
        var world = new World(1);
        world.Open("a-1", "a", length: 3);
        world.Open("a-2", "a", length: 3);
        world.Open("b-1", "b");
        world.Run(400);
        Assert.InRange((double)world.Of("b-1") / (world.Of("a-1") + world.Of("a-2")), 2.8, 3.2);
    }

    [Fact]
    public void Open_ClientThatWasAway_HasNoClaimToThatTime()
    {
        var world = new World(1);
        world.Open("a", "a");
        world.Open("b-idle", "b", isBusy: false);
        world.Run(1000);
        world.Open("b", "b");
        world.Open("c", "c");
        var before = world.Of("a");
        world.Run(300);
        Assert.InRange(world.Of("a") - before, 99, 101);
        Assert.InRange(world.Of("b"), 99, 101);
    }

    [Fact]
    public void Open_AnotherJobOfAClient_BeginsLevelWithItsOthers()
    {
        var world = new World(1);
        world.Open("a-1", "a");
        world.Open("b", "b");
        world.Run(1000);
        world.Open("a-2", "a");
        var before = world.Of("a-1");
        world.Run(400);
        Assert.InRange(world.Of("a-1") - before, 98, 102);
        Assert.InRange(world.Of("a-2"), 98, 102);
    }

    [Fact]
    public void Close_OneOfAClientsJobs_WhatItHadStaysTheClients()
    {
        var world = new World(1);
        world.Open("a-1", "a");
        world.Open("a-2", "a");
        world.Open("b", "b");
        world.Run(400);
        world.Close("a-1");
        var before = world.Of("b");
        world.Run(100);
        Assert.InRange(world.Of("b") - before, 49, 51);
    }

    [Fact]
    public void Next_HigherPriority_GoesFirstAndLowerOnesWaitAsLongAsItHasWork()
    {
        var slots = new SlotHarness(1);
        var (low, high) = (new JobId("low"), new JobId("high"));
        slots.Open(low, "a", priority: -1);
        slots.Open(high, "b", priority: 5);
        for (var i = 1; i <= 3; i++) slots.Add(low, i);
        Assert.Equal(new Turn(low, 1), slots.Next());
        for (var i = 1; i <= 2; i++) slots.Add(high, i);
        // What runs goes on.
        Assert.Null(slots.Next());
        slots.Done(low, Chunk);
        Assert.Equal(new Turn(high, 1), slots.Next());
        slots.Done(high, Chunk);
        Assert.Equal(new Turn(high, 2), slots.Next());
        slots.Done(high, Chunk);
        Assert.Equal(new Turn(low, 2), slots.Next());
    }

    [Fact]
    public void Next_ClientWithJobsOfTwoPriorities_WaitingBelowGivesNoClaimAbove()
    {
        var world = new World(1);
        world.Open("a-high", "a", priority: 1);
        world.Open("b-low", "b", priority: 0);
        world.Run(1000);
        Assert.Equal(0, world.Of("b-low"));
        world.Open("b-high", "b", priority: 1);
        var before = world.Of("a-high");
        world.Run(100);
        Assert.InRange(world.Of("a-high") - before, 49, 51);
    }

    /// <summary>Jobs that always have two chunks waiting, or none.</summary>
    private sealed class World(int slots)
    {
        private readonly SlotHarness _slots = new(slots);
        private readonly Dictionary<JobId, int> _began = [];
        private readonly Dictionary<JobId, int> _lengths = [];
        private readonly PriorityQueue<JobId, TimeSpan> _running = new();
        private TimeSpan _now;
        private long _sequence;
        private int _total;

        public int Of(string job) => _began[new(job)];

        public void Open(string name, string client, int priority = 0, int length = 1, bool isBusy = true)
        {
            var job = new JobId(name);
            _slots.Open(job, client, priority);
            (_began[job], _lengths[job]) = (0, length);
            for (var i = 0; isBusy && i < 2 * slots; i++) _slots.Add(job, ++_sequence);
        }

        public void Close(string name) => _slots.Close(new(name));

        public void Run(int chunks)
        {
            for (var until = _total + chunks; _total < until;)
            {
                if (_slots.Next() is { } turn)
                {
                    _total++;
                    _began[turn.Job]++;
                    _slots.Add(turn.Job, ++_sequence);
                    _running.Enqueue(turn.Job, _now + (_lengths[turn.Job] * Chunk) + TimeSpan.FromTicks(_total));
                    continue;
                }

                Assert.True(_running.TryDequeue(out var job, out _now), "nothing runs and nothing is begun");
                _slots.Done(job, _lengths[job] * Chunk);
            }
        }
    }
}
