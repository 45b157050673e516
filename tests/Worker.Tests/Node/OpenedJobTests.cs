using ActorCompute.Messages;
using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Tests.Node;

public sealed class OpenedJobTests
{
    private readonly TestWork _work = new();
    private readonly OpenedJob _job;

    public OpenedJobTests() => _job = TestJobs.Open(_work);

    [Fact]
    public void Close_Idle_DisposesTheWorkOnce()
    {
        Receive(1);
        _job.Start(1);
        _job.Finished(1);
        Assert.Equal(0, _work.Disposed);

        _job.Close();

        Assert.Equal(1, _work.Disposed);
    }

    [Fact]
    public void Close_ChunksRun_DisposesWhenTheLastOfThemHasFinished()
    {
        Receive(1, 2, 3);
        _job.Start(1);
        _job.Start(2);
        var token = _job.Cancellation;

        _job.Close();

        Assert.True(token.IsCancellationRequested);
        Assert.Equal(0, _work.Disposed);
        _job.Finished(2);
        Assert.Equal(0, _work.Disposed);
        _job.Finished(1);
        Assert.Equal(1, _work.Disposed);
    }

    [Fact]
    public void Close_Twice_DisposesOnce()
    {
        _job.Close();
        _job.Close();
        Assert.Equal(1, _work.Disposed);
    }

    [Fact]
    public void Held_WaitingAndRunning_AreNamedUntilFinished()
    {
        Receive(1, 2);
        Assert.Equal([1L, 2L], _job.Held.Order());
        _job.Start(1);
        Assert.Equal([1L, 2L], _job.Held.Order());
        _job.Finished(1);
        Assert.Equal([2L], _job.Held);
        Assert.Equal(2, _job.LastSequence);
        _job.Close();
        Assert.Empty(_job.Held);
    }

    [Fact]
    public void Start_ChunkThatDoesNotWait_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => _job.Start(1));
    }

    private void Receive(params long[] sequences)
    {
        foreach (var sequence in sequences) _job.Received(new Chunk { Job = "job-1", Sequence = sequence });
    }
}
