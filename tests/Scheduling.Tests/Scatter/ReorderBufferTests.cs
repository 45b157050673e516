using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Scatter;

public sealed class ReorderBufferTests
{
    [Fact]
    public void Add_InOrder_GivesEachAtOnce()
    {
        var buffer = new ReorderBuffer(10);
        for (var i = 0; i < 5; i++) Assert.Equal([i], buffer.Add(Outcome(i)).Select(settled => settled.First));
    }

    [Fact]
    public void Add_FirstComesLast_GivesAllThen()
    {
        var buffer = new ReorderBuffer(10);
        Assert.Empty(buffer.Add(Outcome(2)));
        Assert.Empty(buffer.Add(Outcome(1)));
        Assert.Equal([0L, 1L, 2L], buffer.Add(Outcome(0)).Select(settled => settled.First));
    }

    [Fact]
    public void Limit_MovesWithWhatWasGiven()
    {
        var buffer = new ReorderBuffer(3);
        Assert.Equal(3, buffer.Limit);
        Assert.Empty(buffer.Add(Outcome(1)));
        Assert.Equal(3, buffer.Limit);
        Assert.Equal(2, buffer.Add(Outcome(0)).Count());
        Assert.Equal(5, buffer.Limit);
    }

    [Fact]
    public void Add_AnyPermutation_GivesPlanOrderWithoutGaps() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 60).SelectMany(count => Gen.Shuffle(Enumerable.Range(0, count).ToArray()))), order =>
        {
            var buffer = new ReorderBuffer(order.Length + 1);
            var given = order.SelectMany(number => buffer.Add(Outcome(number))).Select(settled => settled.First).ToList();
            return given.SequenceEqual(Enumerable.Range(0, order.Length).Select(number => (long)number)) && buffer.Limit == (2 * order.Length) + 1;
        }).Check(PropertyRuns.Of(200));

    private static SettledBatch Outcome(long number) => new(new(number, default), default, null, new("w", "h", 1, 1, TimeSpan.Zero));
}
