using Akka.Remote.Associations;

namespace ActorCompute.Engine.Tests.Remote;

public class SystemOutboxTests
{
    [Fact]
    public void Add_AfterAcknowledgements_NumbersWithoutGap()
    {
        var outbox = new SystemOutbox<string>();

        Assert.Equal(1ul, outbox.Add("a"));
        Assert.Equal(2ul, outbox.Add("b"));
        Assert.True(outbox.Acknowledge(1));
        Assert.Equal(3ul, outbox.Add("c"));

        Assert.Equal([(2ul, "b"), (3ul, "c")], outbox.Unacknowledged());
    }

    [Fact]
    public void Acknowledge_NumberNeverSent_IsRefused()
    {
        var outbox = new SystemOutbox<string>();
        outbox.Add("a");

        Assert.False(outbox.Acknowledge(2));
        Assert.Equal(1, outbox.Count);
    }

    [Fact]
    public void Acknowledge_OldNumber_ChangesNothing()
    {
        var outbox = new SystemOutbox<string>();
        outbox.Add("a");
        outbox.Add("b");
        outbox.Acknowledge(2);

        Assert.True(outbox.Acknowledge(1));
        Assert.Equal(0, outbox.Count);
    }

    [Fact]
    public void Arrived_ResentAndLostAndInOrder_DeliversEachOnce()
    {
        // Random losses: whatever is lost with a connection is sent again from the oldest unacknowledged on.
        var random = new Random(5);
        var outbox = new SystemOutbox<int>();
        var inbox = new SystemInbox();
        var delivered = new List<int>();
        for (var next = 0; next < 1000;)
        {
            var sent = random.Next(3) == 0 ? outbox.Unacknowledged().ToList() : [(outbox.Add(next), next++)];
            foreach (var (number, message) in sent.Take(random.Next(sent.Count + 1)))
            {
                var arrival = inbox.Arrived(number);
                if (arrival == SystemArrival.Deliver)
                    delivered.Add(message);
            }
            if (random.Next(4) == 0)
                Assert.True(outbox.Acknowledge(inbox.LastDelivered));
        }
        foreach (var (number, message) in outbox.Unacknowledged())
        {
            if (inbox.Arrived(number) == SystemArrival.Deliver)
                delivered.Add(message);
        }

        Assert.Equal(Enumerable.Range(0, 1000), delivered);
    }
}
