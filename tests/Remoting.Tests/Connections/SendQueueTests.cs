using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;
using Google.Protobuf;

namespace ActorCompute.Remoting.Tests.Connections;

public sealed class SendQueueTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Peek_SentInRandomPieces_IsTheSameStream(bool isSealed)
    {
        var random = new Random(7);
        var key = new byte[32];
        using var seal = isSealed ? new FrameSeal(key) : null;
        using var queue = new SendQueue(isSealed ? new(key) : null);
        var expected = new List<byte>();
        var sent = new List<byte>();
        var scratch = new byte[1000];
        long cost = 0;
        for (var i = 0; i < 2000; i++)
        {
            var payload = TestNode.Numbered(i, random.Next(4, i % 50 == 0 ? 5000 : 100));
            queue.Add(payload);
            cost += SendQueue.CostOf(payload);
            expected.AddRange(RawPeer.Frame(payload.Span, seal));
            for (var turns = i == 1999 ? int.MaxValue : random.Next(3); turns > 0 && !queue.IsEmpty; turns--)
            {
                var next = queue.Peek(scratch);
                var taken = random.Next(0, next.Length + 1);
                sent.AddRange(next[..taken]);
                cost -= queue.Advance(taken);
            }
        }

        Assert.Equal(expected, sent);
        Assert.Equal(0, cost);
    }

    [Fact]
    public void Clear_PartlySent_GivesBackTheWholeCost()
    {
        using var queue = new SendQueue();
        queue.Add(ByteString.CopyFrom(new byte[10]));
        queue.Add(ByteString.CopyFrom(new byte[20]));
        Assert.Equal(0, queue.Advance(5));
        Assert.Equal(SendQueue.CostOf(ByteString.CopyFrom(new byte[10])) + SendQueue.CostOf(ByteString.CopyFrom(new byte[20])), queue.Clear());
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void TryTake_BudgetOfAllUsedUp_LeavesEachAShare()
    {
        var budget = new SendBudget(perPeer: 1_000_000, total: 1_000_000);
        Assert.True(budget.TryTake(0, 1_000_000));
        Assert.True(budget.TryTake(0, 1000));
        Assert.False(budget.TryTake(SendBudget.GrantedShare, 1000));
        budget.Return(1_000_000);
        Assert.True(budget.TryTake(SendBudget.GrantedShare, 1000));
        Assert.Equal(2000, budget.Used);
    }

    [Fact]
    public void TryTake_BoundOfAPeer_LetsOneFrameOfAnySizeThrough()
    {
        var budget = new SendBudget(perPeer: 1000, total: long.MaxValue);
        Assert.True(budget.TryTake(0, 5000));
        Assert.False(budget.TryTake(1, 1000));
        Assert.True(budget.TryTake(1, 999));
    }
}
