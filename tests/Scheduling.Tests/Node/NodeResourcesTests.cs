namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>A node that has two GPUs beside its four slots.</summary>
public sealed class NodeResourcesTests
{
    private static readonly JobId Other = new("job-2");
    private static readonly Resources OneGpu = Resources.Of(("gpu", 1));
    private readonly NodeCoreHarness _node = new(new(Slots: 4, IoSlots: 8, DrainTimeout: NodeCoreHarness.Second) { Has = Resources.Of(("gpu", 2)) });

    [Theory]
    [InlineData(1, 2, false)]
    [InlineData(2, 1, false)]
    [InlineData(1, 2, true)]
    public void WorkOpened_JobWithNeeds_ClientLearnsHowManyOfItsChunksCanRun(int gpus, int usable, bool isIo)
    {
        var opening = _node.Begin(needs: Resources.Of(("gpu", gpus)));
        var told = Assert.IsType<NodeInstruction.TellOpened<string>>(Assert.Single(_node.Handle(new NodeEvent.WorkOpened(opening, isIo))));
        Assert.Equal((isIo ? 8 : 4, usable, 2 * usable), (told.Slots, told.Usable, told.Window));
    }

    [Fact]
    public void OpenAsked_MoreThanThereIs_IsRefusedAndNothingIsOpened()
    {
        var refused = Assert.Single(_node.Ask(needs: Resources.Of(("gpu", 3))));
        Assert.Equal(new NodeInstruction.TellRefused<string>(NodeCoreHarness.Client, NodeCoreHarness.Job, "it needs gpu=3, and the worker has gpu=2"), refused);
        Assert.Equal("it needs gpu=1, and the worker has no resources", Assert.IsType<NodeInstruction.TellRefused<string>>(Assert.Single(new NodeCoreHarness().Ask(needs: OneGpu))).Reason);
    }

    [Fact]
    public void ChunkCame_ResourcesAreTaken_WaitsAndBeginsWhenOneIsDone()
    {
        var opening = _node.Open(needs: OneGpu);
        for (var i = 1; i <= 3; i++) _node.Chunk(i);
        Assert.Equal((2, Resources.Of(("gpu", 2))), (_node.Core.Running, _node.Core.Reserved));
        Assert.Contains(new NodeInstruction.RunChunk(opening, 3, IsIo: false), _node.Done(opening, 1));
        _node.Done(opening, 2);
        _node.Done(opening, 3);
        Assert.Equal(Resources.None, _node.Core.Reserved);
    }

    [Fact]
    public void SlotLent_TaskWithNeeds_KeepsWhatItHasReserved()
    {
        var outer = _node.Open(needs: Resources.Of(("gpu", 2)));
        _node.Open(Other, needs: OneGpu);
        _node.Chunk(1);
        _node.Handle(new NodeEvent.SlotLent(outer));
        _node.Chunk(1, Other);
        Assert.Equal((0, 1), (_node.Core.Busy, _node.Core.Running));
        _node.Handle(new NodeEvent.SlotTakenBack(outer));
        Assert.Contains(_node.Done(outer, 1), said => said is NodeInstruction.RunChunk { Sequence: 1 });
    }

    [Fact]
    public void CloseAsked_WhileAChunkRuns_ItsReservationComesBackWithTheSlot()
    {
        var opening = _node.Open(needs: Resources.Of(("gpu", 2)));
        var other = _node.Open(Other, needs: OneGpu);
        _node.Chunk(1);
        _node.Chunk(2);
        _node.Chunk(1, Other);
        Assert.DoesNotContain(_node.Close(), said => said is NodeInstruction.RunChunk);
        Assert.Contains(new NodeInstruction.RunChunk(other, 1, IsIo: false), _node.Done(opening, 1));
        Assert.Equal(OneGpu, _node.Core.Reserved);
    }

    [Fact]
    public void ReportDue_ClientIsGone_WhatItsChunksReservedIsFreeWhenTheyEnd()
    {
        var opening = _node.Open(needs: Resources.Of(("gpu", 2)));
        _node.Chunk(1);
        Assert.Contains(new NodeInstruction.CancelWork(opening), _node.PassReporting(7));
        Assert.Equal(Resources.Of(("gpu", 2)), _node.Core.Reserved);
        _node.Done(opening, 1);
        Assert.Equal(Resources.None, _node.Core.Reserved);
    }

    [Fact]
    public void ChunkCame_OfCpuAndIoJobs_ShareTheResources()
    {
        _node.Open(needs: OneGpu);
        var io = _node.Open(Other, isIo: true, needs: Resources.Of(("gpu", 2)));
        _node.Chunk(1, Other);
        _node.Chunk(1);
        Assert.Equal((0, 1), (_node.Core.Busy, _node.Core.BusyIo));
        Assert.Contains(_node.Done(io, 1), said => said is NodeInstruction.RunChunk { IsIo: false });
    }

    [Fact]
    public void NestedTermsOf_BothNeed_IsRefusedAtAnyDepth()
    {
        var plain = new JobTerms(null, default) { Client = "c", Priority = 7 };
        var nested = NestedTerms.Of(plain, OneGpu);
        Assert.Equal((1, "c", 7, false), (nested.Depth, nested.Client, nested.Priority, nested.IsAwaitedByHolder));
        var holder = NestedTerms.Of(plain with { Needs = OneGpu }, Resources.None);
        Assert.True(holder.IsAwaitedByHolder);
        Assert.Throws<InvalidOperationException>(() => NestedTerms.Of(plain with { Needs = OneGpu }, OneGpu));
        var error = Assert.Throws<InvalidOperationException>(() => NestedTerms.Of(plain with { Depth = 1, IsAwaitedByHolder = holder.IsAwaitedByHolder }, OneGpu));
        Assert.StartsWith("this task, or one that waits for it, holds resources, so what it starts may need none (gpu=1)", error.Message, StringComparison.Ordinal);
    }
}
