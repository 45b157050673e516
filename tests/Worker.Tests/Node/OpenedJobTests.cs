using ActorCompute.Messages;
using ActorCompute.Worker.Node;

namespace ActorCompute.Worker.Tests.Node;

public sealed class OpenedJobTests
{
    private readonly TestWork _work = new();
    private readonly OpenedJob _job;

    public OpenedJobTests() => _job = TestJobs.Open(_work);

    [Fact]
    public void Close_ChunksWaitAndRun_CancelsTheTokenAndForgetsWhatWaits()
    {
        Receive(1, 2);
        _job.Start(1);

        _job.Close();

        Assert.True(_job.IsClosed);
        Assert.True(_job.Cancellation.IsCancellationRequested);
        Assert.Equal([1L], _job.Running.Keys);
        Assert.Throws<InvalidOperationException>(() => _job.Start(2));
        Assert.Equal(0, _work.Disposed);
    }

    [Fact]
    public void Release_WithWork_DisposesIt()
    {
        _job.Release();
        Assert.Equal(1, _work.Disposed);
    }

    [Fact]
    public void Release_WithoutWork_DoesNothing() => TestJobs.Opening(new(null, TimeSpan.Zero)).Release();

    [Fact]
    public void Running_StartedUntilFinished()
    {
        Receive(1, 2);
        Assert.Empty(_job.Running);
        var run = _job.Start(1);
        Assert.Same(run, Assert.Single(_job.Running).Value);
        Assert.Same(run, _job.Finished(1));
        Assert.Empty(_job.Running);
        Assert.Null(_job.Finished(1));
    }

    [Fact]
    public void Start_ChunkThatDoesNotWait_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => _job.Start(1));
        Receive(2);
        _job.Forget(2);
        Assert.Throws<InvalidOperationException>(() => _job.Start(2));
    }

    private void Receive(params long[] sequences)
    {
        foreach (var sequence in sequences) _job.Received(new Chunk { Job = "job-1", Sequence = sequence });
    }
}
