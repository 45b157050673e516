using Akka.Dispatch;

namespace ActorCompute.Engine.Tests.Dispatch;

public sealed class MessageQueueTests
{
    [Fact]
    public void Dequeue_OfAnEmptyQueue_IsFalse()
    {
        var queue = new MessageQueue();

        Assert.False(queue.TryDequeue(out _, out _));
        Assert.False(queue.HasMessages);
        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(100_000)]
    public void Messages_OfOneProducer_ComeOutInOrder(int count)
    {
        var queue = new MessageQueue();

        for (var i = 0; i < count; i++)
            queue.Enqueue(i, null);

        Assert.Equal(count, queue.Count);
        for (var i = 0; i < count; i++)
        {
            Assert.True(queue.HasMessages);
            Assert.True(queue.TryDequeue(out var message, out _));
            Assert.Equal(i, message);
        }
        Assert.False(queue.TryDequeue(out _, out _));
    }

    [Fact]
    public void Queue_ThatKeepsUp_WrapsAroundWithoutGrowing()
    {
        var queue = new MessageQueue();

        for (var i = 0; i < 1_000_000; i++)
        {
            queue.Enqueue(i, null);
            Assert.True(queue.TryDequeue(out var message, out _));
            Assert.Equal(i, message);
        }
    }

    [Fact]
    public async Task ManyProducersAndOneConsumer_Always_LoseNothingAndKeepEachProducersOrder()
    {
        const int producers = 4, each = 200_000;
        var queue = new MessageQueue();
        var next = new int[producers];

        var sending = Enumerable.Range(0, producers).Select(producer => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
                queue.Enqueue((producer, i), null);
        })).ToArray();
        var receiving = Task.Run(() =>
        {
            var spin = new SpinWait();
            for (var received = 0; received < producers * each;)
            {
                if (!queue.TryDequeue(out var message, out _))
                {
                    spin.SpinOnce();
                    continue;
                }
                var (producer, i) = ((int, int))message;
                Assert.Equal(next[producer]++, i);
                received++;
            }
        });

        await Task.WhenAll([.. sending, receiving]).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, queue.Count);
    }
}
