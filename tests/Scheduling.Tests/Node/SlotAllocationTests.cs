namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>What is called for every chunk allocates nothing.</summary>
public sealed class SlotAllocationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void NextAndDone_AnyNumberOfTimes_AllocateNothing(int gpus)
    {
        var resources = new ResourcePool(Resources.Of(("gpu", 2)));
        var slots = new SlotScheduler(4, resources);
        var seats = Enumerable.Range(0, 20).Select(i => slots.Open(new($"job-{i}"), new(null, default)
        {
            Client = $"client-{i % 3}",
            Needs = gpus == 0 ? Resources.None : Resources.Of(("gpu", gpus + (i % 2))),
        })).ToArray();
        foreach (var seat in seats) slots.Add(seat, 1);
        var allocated = Run(slots, seats, 1000) + Run(slots, seats, 1000);
        allocated = Run(slots, seats, 1000);
        Assert.Equal(0, allocated);
    }

    private static long Run(SlotScheduler slots, JobSeat[] seats, int chunks)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < chunks; i++)
        {
            if (slots.Next() is not { } turn) throw new InvalidOperationException("a slot is free and chunks wait");
            var seat = seats[0];
            foreach (var other in seats)
            {
                if (other.Job == turn.Job) seat = other;
            }

            slots.Add(seat, turn.Sequence + 1);
            slots.Done(seat, TimeSpan.FromTicks(i % 7));
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
