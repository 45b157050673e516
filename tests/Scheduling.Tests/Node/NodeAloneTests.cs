namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>Chunks that run with nothing beside them.</summary>
public sealed class NodeAloneTests
{
    private const string Client = NodeCoreHarness.Client;
    private static readonly JobId Job = NodeCoreHarness.Job;
    private static readonly JobId Other = new("job-2");
    private readonly NodeCoreHarness _node = new(new(Slots: 4, IoSlots: 4, DrainTimeout: TimeSpan.FromSeconds(30)));

    [Fact]
    public void ChunkCame_Alone_BeginsWhenNothingRunsAndItsClientKnows()
    {
        var (opening, other) = (_node.Open(), _node.Open(Other));
        Assert.Contains(new NodeInstruction.RunChunk(other, 1, IsIo: false), _node.Chunk(1, Other));

        Assert.Equal([new NodeInstruction.KeepChunk(opening, 1)], Alone(1));
        // Nothing else begins beside it, or it would never come to its turn.
        Assert.Equal([new NodeInstruction.KeepChunk(other, 2)], _node.Chunk(2, Other));
        Assert.Equal([new NodeInstruction.AskToBegin<string>(Client, Job, 1)], _node.Done(other, 1));
        Assert.Empty(MayBegin(1, "stranger"));
        Assert.Empty(MayBegin(2));
        Assert.Equal([new NodeInstruction.RunChunk(opening, 1, IsIo: false)], MayBegin(1));
        Assert.Equal([new NodeInstruction.KeepChunk(other, 3)], _node.Chunk(3, Other));

        Assert.Equal([new NodeInstruction.RunChunk(other, 2, IsIo: false), new NodeInstruction.RunChunk(other, 3, IsIo: false)], _node.Done(opening, 1));
    }

    [Fact]
    public void ReportDue_NobodyAnswered_AsksAgain()
    {
        _node.Open();
        Alone(1);
        Assert.Contains(new NodeInstruction.AskToBegin<string>(Client, Job, 1), _node.PassReporting(1));
        MayBegin(1);
        Assert.DoesNotContain(_node.PassReporting(1), instruction => instruction is NodeInstruction.AskToBegin<string>);
    }

    [Fact]
    public void ChunkRecalled_BeforeItBegins_OthersGoOn()
    {
        var (opening, other) = (_node.Open(), _node.Open(Other));
        Alone(1);
        _node.Chunk(1, Other);
        Assert.Equal([new NodeInstruction.GiveBack<string>(Client, Job, 1, opening), new NodeInstruction.RunChunk(other, 1, IsIo: false)], _node.Recall(1));
    }

    [Fact]
    public void CloseAsked_BeforeItBegins_OthersGoOn()
    {
        _node.Open();
        var other = _node.Open(Other);
        Alone(1);
        _node.Chunk(1, Other);
        Assert.Contains(new NodeInstruction.RunChunk(other, 1, IsIo: false), _node.Close());
    }

    [Fact]
    public void SlotLent_ByTheTaskThatRunsAlone_WhatItWaitsForMayRun()
    {
        var (opening, other) = (_node.Open(), _node.Open(Other, depth: 1));
        Alone(1);
        MayBegin(1);
        Assert.Equal([new NodeInstruction.KeepChunk(other, 1)], _node.Chunk(1, Other));
        Assert.Equal([new NodeInstruction.RunChunk(other, 1, IsIo: false)], _node.Handle(new NodeEvent.SlotLent(opening)));
    }

    [Fact]
    public void LeaveAsked_BeforeItBegins_EndsAtOnce()
    {
        _node.Open();
        Alone(1);
        Assert.Contains(_node.Leave(), instruction => instruction is NodeInstruction.End);
    }

    private IReadOnlyList<NodeInstruction> Alone(long sequence) => _node.Handle(new NodeEvent.ChunkCame<string>(Job, Client, sequence, IsAlone: true));

    private IReadOnlyList<NodeInstruction> MayBegin(long sequence, string client = Client) => _node.Handle(new NodeEvent.MayBegin<string>(Job, client, sequence));
}
