using Akka.Remote.Associations;

namespace ActorCompute.Engine.Tests.Remote;

public class SendQueueTests
{
    private readonly SendQueue _queue = new(bound: 1000);
    private Outgoing[] _spare = new Outgoing[4];

    [Fact]
    public void TryAdd_OverTheBound_TakesOnlySystemMessages()
    {
        Assert.True(_queue.TryAdd(Message(700)));
        Assert.False(_queue.TryAdd(Message(700)));
        Assert.True(_queue.TryAdd(new Outgoing { IsSystem = true }));
        Assert.Equal(2, _queue.Count);
        Assert.Equal(1, _queue.SystemCount);
    }

    [Fact]
    public void TryAdd_OneLargerThanTheBound_IsTakenWhenNothingElseWaits()
    {
        Assert.True(_queue.TryAdd(Message(5000)));
        Assert.False(_queue.TryAdd(Message(1)));
    }

    [Fact]
    public void TakeAll_UntilDone_StillCounts()
    {
        var message = Message(700);
        _queue.TryAdd(message);

        Assert.Equal(1, _queue.TakeAll(ref _spare));

        Assert.True(_queue.IsEmpty);
        Assert.False(_queue.TryAdd(Message(700)));
        _queue.Done(message.Weight);
        Assert.True(_queue.TryAdd(Message(700)));
    }

    [Fact]
    public void TakeAll_ManyMessages_KeepsTheirOrder()
    {
        var queue = new SendQueue(long.MaxValue);
        var taken = new List<int>();
        for (var i = 0; i < 1000; i++)
        {
            queue.TryAdd(new Outgoing { SerializerId = i });
            if (i % 7 != 0)
                continue;
            Take();
        }
        Take();

        Assert.Equal(Enumerable.Range(0, 1000), taken);

        void Take()
        {
            var count = queue.TakeAll(ref _spare);
            taken.AddRange(_spare.Take(count).Select(message => message.SerializerId));
            Array.Clear(_spare);
        }
    }

    private static Outgoing Message(int bytes) => new() { Payload = new byte[bytes] };
}
