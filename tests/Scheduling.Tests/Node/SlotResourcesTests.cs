using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>Whose turn it is when chunks need more than a slot.</summary>
public sealed class SlotResourcesTests
{
    private static readonly JobId Large = new("job-large");
    private static readonly JobId Small = new("job-small");
    private static readonly JobId Plain = new("job-plain");
    private static readonly TimeSpan Chunk = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void Next_ResourceTaken_WaitsUntilItIsGivenBackAndOthersPass()
    {
        var slots = new SlotHarness(4, Gpus(1));
        slots.Open(Small, needs: Gpus(1));
        slots.Open(Plain);
        Add(slots, Small, 2);
        Assert.Equal(new Turn(Small, 1), slots.Next());
        Assert.Null(slots.Next());
        Add(slots, Plain, 2);
        Assert.Equal([new Turn(Plain, 1), new Turn(Plain, 2)], new[] { slots.Next()!.Value, slots.Next()!.Value });
        Assert.Null(slots.Next());
        slots.Done(Small, Chunk);
        Assert.Equal(new Turn(Small, 2), slots.Next());
    }

    [Fact]
    public void Close_WhileAChunkRuns_ItsResourcesComeBackWhenItIsDone()
    {
        var slots = new SlotHarness(4, Gpus(1));
        slots.Open(Large, needs: Gpus(1));
        slots.Open(Small, needs: Gpus(1));
        Add(slots, Large, 1);
        Assert.Equal(new Turn(Large, 1), slots.Next());
        Add(slots, Small, 1);
        slots.Close(Large);
        Assert.Null(slots.Next());
        slots.Done(Large, Chunk);
        Assert.Equal(new Turn(Small, 1), slots.Next());
    }

    [Fact]
    public void Next_LargeOneWasPassedSeveralTimes_WhatComesFreeIsKeptForIt()
    {
        var slots = new SlotHarness(8, Gpus(2));
        slots.Open(Large, needs: Gpus(2));
        slots.Open(Small, needs: Gpus(1));
        Add(slots, Small, 100);
        slots.Next();
        slots.Next();
        Add(slots, Large, 2);
        var passed = 0;
        while (true)
        {
            slots.Done(Small, Chunk);
            if (slots.Next() is null) break;
            Assert.InRange(++passed, 1, ResourcePool.Patience);
        }

        Assert.Equal(ResourcePool.Patience, passed);
        slots.Done(Small, Chunk);
        Assert.Equal(new Turn(Large, 1), slots.Next());
        Assert.Null(slots.Next());
        slots.Done(Large, Chunk);
        // It has had its turn: the next of its chunks is patient again.
        Assert.NotNull(slots.Next());
    }

    [Fact]
    public void Close_OfALargeOneForWhichSomethingWasKept_TheSmallOnesGoOn()
    {
        var slots = new SlotHarness(8, Gpus(2));
        slots.Open(Large, needs: Gpus(2));
        slots.Open(Small, needs: Gpus(1));
        Add(slots, Small, 100);
        slots.Next();
        slots.Next();
        Add(slots, Large, 1);
        do slots.Done(Small, Chunk);
        while (slots.Next() is not null);

        slots.Close(Large);
        Assert.Equal(Small, slots.Next()?.Job);
    }

    [Fact]
    public void Next_KeptForALargeOne_ThoseWithoutNeedsAndThoseThatLeaveEnoughPass()
    {
        var slots = new SlotHarness(8, Resources.Of(("gpu", 2), ("mem", 10)));
        slots.Open(Large, needs: Resources.Of(("gpu", 2), ("mem", 4)));
        slots.Open(Small, needs: Gpus(1));
        StarveLarge(slots);
        slots.Open(Plain, needs: Resources.Of(("mem", 6)));
        Add(slots, Plain, 2);
        Assert.Equal(new Turn(Plain, 1), slots.Next());
        Assert.Null(slots.Next());
    }

    [Fact]
    public void Next_KeptForALargeOne_ADeeperOneAndOneOfAHigherPriorityPass()
    {
        var slots = new SlotHarness(8, Gpus(2));
        slots.Open(Large, needs: Gpus(2));
        slots.Open(Small, needs: Gpus(1));
        StarveLarge(slots);
        var (deeper, higher) = (new JobId("deeper"), new JobId("higher"));
        slots.Open(deeper, depth: 1, needs: Gpus(1));
        Add(slots, deeper, 1);
        Assert.Equal(new Turn(deeper, 1), slots.Next());
        slots.Done(deeper, Chunk);
        Assert.Null(slots.Next());
        slots.Open(higher, priority: 1, needs: Gpus(1));
        Add(slots, higher, 1);
        Assert.Equal(new Turn(higher, 1), slots.Next());
    }

    [Fact]
    public void Next_KeptForALargeOneThatIsTakenBack_OthersGoOn()
    {
        var slots = new SlotHarness(8, Gpus(2));
        slots.Open(Large, needs: Gpus(2));
        slots.Open(Small, needs: Gpus(1));
        StarveLarge(slots);
        slots.Remove(Large, 1);
        Assert.Equal(Small, slots.Next()?.Job);
    }

    [Fact]
    public void Next_ManyLargeJobsOfOneClient_DoNotKeepAnotherClientOut()
    {
        var slots = new SlotHarness(8, Gpus(2));
        for (var i = 0; i < 10; i++)
        {
            slots.Open(new($"large-{i}"), "many", needs: Gpus(2));
            Add(slots, new($"large-{i}"), 100);
        }

        slots.Open(Small, "single", needs: Gpus(1));
        Add(slots, Small, 1000);
        var began = new Dictionary<bool, int> { [true] = 0, [false] = 0 };
        var running = new Queue<JobId>();
        for (var i = 0; i < 200;)
        {
            if (slots.Next() is { } turn)
            {
                i++;
                began[turn.Job == Small]++;
                running.Enqueue(turn.Job);
            }
            else slots.Done(running.Dequeue(), Chunk);
        }

        Assert.InRange(began[true], 80, 170);
    }

    /// <summary>Any jobs with any needs: all chunks run in the end, and never more at a time than there is.</summary>
    [Fact]
    public void AnyJobs_AllChunksRunAndNoMoreIsTakenThanThereIs() =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 4)), Arb.Array(Arb.From(Gen.Zip(Gen.Choose(0, 4), Gen.Choose(0, 3)))), Arb.From(Gen.Choose(0, 1000)), (slots, jobs, salt) =>
        {
            var has = Resources.Of(("gpu", 4), ("mem", 3));
            var harness = new SlotHarness(slots, has);
            var needs = jobs.Select(job => Resources.Of(new[] { ("gpu", (long)job.Item1), ("mem", (long)job.Item2) }.Where(need => need.Item2 > 0))).ToArray();
            for (var i = 0; i < jobs.Length; i++)
            {
                harness.Open(new($"{i}"), $"client-{i % 3}", priority: (i + salt) % 2, needs: needs[i]);
                Add(harness, new($"{i}"), 5);
            }

            var (began, running) = (0, new List<JobId>());
            while (began < 5 * jobs.Length)
            {
                if (harness.Next() is { } turn)
                {
                    began++;
                    running.Add(turn.Job);
                    Assert.True(running.Count <= slots);
                    foreach (var (name, amount) in has.Amounts) Assert.True(running.Sum(job => needs[int.Parse(job.Value, null)][name]) <= amount, $"more of {name} is taken than there is");
                    continue;
                }

                Assert.True(running.Count > 0, "nothing runs and nothing begins");
                var done = running[(salt + began) % running.Count];
                running.Remove(done);
                harness.Done(done, Chunk);
            }
        }).QuickCheckThrowOnFailure();

    private static Resources Gpus(int amount) => Resources.Of(("gpu", amount));

    private static void Add(SlotHarness slots, JobId job, int chunks)
    {
        for (var i = 1; i <= chunks; i++) slots.Add(job, i);
    }

    /// <summary>The small job passes the large one until what comes free is kept: one of its chunks runs on.</summary>
    private static void StarveLarge(SlotHarness slots)
    {
        Add(slots, Small, 100);
        slots.Next();
        slots.Next();
        slots.Add(Large, 1);
        do slots.Done(Small, Chunk);
        while (slots.Next() is not null);
    }
}
