using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Scatter;

public sealed class ChunkSizerTests
{
    [Fact]
    public void NextSize_NothingMeasured_IsOne() => Assert.Equal(1, new ChunkSizer().NextSize(1_000_000, 4));

    [Fact]
    public void NextSize_TinyTasks_GrowsStepByStepToTheLargestChunk()
    {
        var sizer = new ChunkSizer();
        var sizes = new List<int>();
        for (var size = 1; size < ChunkSizer.MaximumTasks && sizes.Count < 20;)
        {
            sizer.Measured(size, TimeSpan.FromTicks(size));
            sizes.Add(size = sizer.NextSize(null, 4));
        }

        // By four at a time: one answer that was fast by chance does not fill a worker for a second.
        Assert.Equal([4, 16, 64, 256, 1024, 4096, 8192], sizes);
    }

    [Fact]
    public void NextSize_MillisecondTasks_AimsAtTheTarget()
    {
        var sizer = new ChunkSizer();
        for (var i = 0; i < 10; i++) sizer.Measured(sizer.NextSize(null, 1), sizer.NextSize(null, 1) * TimeSpan.FromMilliseconds(1));
        Assert.Equal(30, sizer.NextSize(null, 4));
    }

    [Fact]
    public void NextSize_LongTasks_StaySingleAndDoNotPileUp()
    {
        var sizer = new ChunkSizer();
        // Not yet measured, they may be long.
        Assert.False(sizer.GoesDeep(remaining: 1_000_000, allSlots: 4));
        sizer.Measured(1, TimeSpan.FromMilliseconds(2));
        Assert.True(sizer.GoesDeep(remaining: 0, allSlots: 4));
        sizer.Measured(1, TimeSpan.FromSeconds(2));
        Assert.Equal(1, sizer.NextSize(null, 4));
        Assert.False(sizer.GoesDeep(remaining: 1_000_000, allSlots: 4));
    }

    [Fact]
    public void GoesDeep_TasksOfATenthOfASecond_WhileTheRestWouldFillAllSlotsTwice()
    {
        var sizer = new ChunkSizer();
        sizer.Measured(1, TimeSpan.FromMilliseconds(100));
        Assert.True(sizer.GoesDeep(remaining: 41, allSlots: 20));
        Assert.False(sizer.GoesDeep(remaining: 40, allSlots: 20));
    }

    [Fact]
    public void NextSize_TasksBecomeLong_FollowsAtOnce()
    {
        var sizer = new ChunkSizer();
        for (var i = 0; i < 10; i++) sizer.Measured(4096, TimeSpan.FromTicks(4096));
        sizer.Measured(1, TimeSpan.FromSeconds(1));
        Assert.Equal(1, sizer.NextSize(null, 4));
    }

    [Fact]
    public void NextSize_NearTheEnd_SpreadsTheRestOverAllSlots()
    {
        var sizer = new ChunkSizer();
        for (var i = 0; i < 10; i++) sizer.Measured(200, 200 * TimeSpan.FromMilliseconds(1));

        Assert.Equal(30, sizer.NextSize(1_000_000, 4));
        Assert.Equal(10, sizer.NextSize(80, 4));
        Assert.Equal(1, sizer.NextSize(7, 4));
        Assert.Equal(1, sizer.NextSize(0, 4));
    }

    [Fact]
    public void NextSize_WholeTail_ShrinksToSingleTasks()
    {
        var sizer = new ChunkSizer();
        for (var i = 0; i < 10; i++) sizer.Measured(200, 200 * TimeSpan.FromMilliseconds(1));
        var last = int.MaxValue;
        for (var rest = 100_000L; rest > 0;)
        {
            var size = sizer.NextSize(rest, 8);
            Assert.InRange(size, 1, last);
            last = size;
            rest -= size;
        }

        Assert.Equal(1, last);
    }

    [Fact]
    public void NextSize_TinyTasksAndMoreSlotsThanTheyAreWorth_ChunksOfAMillisecond()
    {
        var sizer = new ChunkSizer();
        sizer.Measured(1000, TimeSpan.FromMilliseconds(10));
        Assert.Equal(100, sizer.NextSize(10_000, 64_000));
        // Nor less than that for the last of them.
        Assert.Equal(100, sizer.NextSize(1, 64_000));
        Assert.Equal(500, sizer.NextSize(10_000, 10));
    }

    [Fact]
    public void Measured_NoTasks_ChangesNothing()
    {
        var sizer = new ChunkSizer();
        sizer.Measured(0, TimeSpan.FromHours(1));
        sizer.Measured(1, TimeSpan.Zero);
        Assert.Equal(4, sizer.NextSize(null, 1));
    }

    [Fact]
    public void NextSize_AnyHistory_IsNeverZeroNorTooLarge() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Gen.Zip(Gen.Choose(0, 10_000), Gen.Choose(0, int.MaxValue)))), Arb.From(Gen.Choose(-10, int.MaxValue)), Arb.From(Gen.Choose(0, 5000)), (history, rest, slots) =>
        {
            var sizer = new ChunkSizer();
            foreach (var (tasks, ticks) in history)
            {
                sizer.Measured(tasks, TimeSpan.FromTicks(ticks * 1000L));
                Assert.InRange(sizer.NextSize(null, slots), 1, ChunkSizer.MaximumTasks);
                Assert.InRange(sizer.NextSize(rest, slots), 1, ChunkSizer.MaximumTasks);
            }
        }).Check(PropertyRuns.Of(200));
}
