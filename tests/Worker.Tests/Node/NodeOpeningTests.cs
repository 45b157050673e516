using ActorCompute.Messages;
using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>Users' code beside tasks: what opens a job, what is registered with its tokens, what closes it. None of it holds up the node.</summary>
public sealed class NodeOpeningTests : NodeActorFixture
{
    [Fact]
    public void OpenJob_OpeningBlocks_OtherJobsGoOnAndItIsAnsweredWhenItEnds()
    {
        using var end = new ManualResetEventSlim();
        Blocking = () => Assert.True(end.Wait(Bound));
        var slow = CreateTestProbe();
        Node.Tell(Opening("slow", "blocking"), slow.Ref);
        Node.Tell(Opening("slow", "blocking"), slow.Ref);

        var other = OpenedBy("job-1");
        Node.Tell(NewChunk("job-1", 1, 7), other.Ref);
        Assert.Single(NextReplies(other).Replies);
        // Not open: no chunk of it is run.
        Node.Tell(NewChunk("slow", 1, 7), slow.Ref);

        end.Set();

        slow.FishForMessage<JobOpened>(opened => opened.Job == "slow", Bound);
        Assert.Equal(1, Work.Executed);
    }

    [Fact]
    public async Task OpenJob_OpeningTakesLongerThanATask_IsRefusedAndTheProcessReplaced()
    {
        using var end = new ManualResetEventSlim();
        Blocking = () => end.Wait();
        var client = CreateTestProbe();
        var open = Opening("slow", "blocking");
        (open.TimeoutTicks, open.GraceTicks) = (TimeSpan.FromSeconds(1).Ticks, TimeSpan.FromSeconds(2).Ticks);
        Node.Tell(open, client.Ref);
        await Node.Ask<ActorIdentity>(new Identify(1), Bound);

        Time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Contains("did not end within 1 s", client.FishForMessage<JobRefused>(_ => true, Bound).Reason, StringComparison.Ordinal);
        Assert.False(Lost.Task.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal((PlannedEnd.Replaced, true), ((await Lost.Task.WaitAsync(Bound)).Kind, (await Lost.Task).IsHurried));
        end.Set();
    }

    [Theory]
    [InlineData("gpu", 3, "it needs gpu=3, and the worker has gpu=2")]
    [InlineData("gpu", 0, "gpu=0: give 1 or more.")]
    [InlineData("GPU", 1, "'GPU' is not the name of a resource; give 1 to 64 lower-case letters, digits and hyphens.")]
    public void OpenJob_NeedsThatCannotBeMetOrRead_IsRefused(string name, long amount, string reason)
    {
        var client = CreateTestProbe();
        var open = Opening("job-1", "echo");
        open.Needs.Add(new Resource { Name = name, Amount = amount });
        Node.Tell(open, client.Ref);
        Assert.Equal(reason, client.ExpectMsg<JobRefused>(Bound).Reason);
    }

    [Fact]
    public void OpenJob_NeedsThatAreMet_SaysHowManyTasksCanRunAndTellsTheRegistryWhatIsReserved()
    {
        using var end = new ManualResetEventSlim();
        Work = new((task, _) =>
        {
            Assert.True(end.Wait(Bound));
            return task;
        });
        var client = CreateTestProbe();
        var open = Opening("job-1", "echo");
        open.Needs.Add(new Resource { Name = "gpu", Amount = 2 });
        (open.Client, open.Priority) = ("client-1", 1_000_000);
        Node.Tell(open, client.Ref);
        Assert.Equal(1u, client.ExpectMsg<JobOpened>(Bound).Usable);
        Node.Tell(NewChunk("job-1", 1, 7), client.Ref);
        var registered = Registry.FishForMessage<RegisterWorker>(message => message.Worker.Reserved.Count > 0, Bound, "what is reserved");
        Assert.Equal((2L, 2L), (registered.Worker.Resources.Single().Amount, registered.Worker.Reserved.Single().Amount));
        end.Set();
    }

    [Fact]
    public async Task CloseJob_WhileItOpens_TheWorkIsDisposedWhenItIsThere()
    {
        using var end = new ManualResetEventSlim();
        Blocking = () => Assert.True(end.Wait(Bound));
        var client = CreateTestProbe();
        Node.Tell(Opening("slow", "blocking"), client.Ref);
        Node.Tell(new CloseJob { Job = "slow" }, client.Ref);

        end.Set();

        await Work.DisposedOnce.Task.WaitAsync(Bound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CloseJob_WhatIsRegisteredBlocksOrThrows_TheNodeGoesOn(bool throws)
    {
        using var end = new ManualResetEventSlim();
        var (began, left) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Work = new((task, context) =>
        {
            // Not disposed: the callback is to find it.
            context.Cancellation.Register(() =>
            {
                left.SetResult();
                if (throws) throw new InvalidOperationException("in a callback");
                end.Wait();
            });
            began.SetResult();
            Assert.True(left.Task.Wait(Bound));
            return task;
        });
        var client = OpenedBy("job-1");
        Node.Tell(NewChunk("job-1", 1, 7), client.Ref);
        await began.Task.WaitAsync(Bound);

        Node.Tell(new CloseJob { Job = "job-1" }, client.Ref);

        await left.Task.WaitAsync(Bound);
        var disposed = Work;
        Work = new();
        var other = OpenedBy("job-2");
        Node.Tell(NewChunk("job-2", 1, 8), other.Ref);
        Assert.Single(NextReplies(other).Replies);
        end.Set();
        await disposed.DisposedOnce.Task.WaitAsync(Bound);
    }
}
