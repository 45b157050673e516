namespace ActorCompute.Scheduling.Tests.Attach;

/// <summary>A worker in a view.</summary>
internal sealed record Seen(string Id, long Incarnation, string Text = "")
{
    public WorkerLife Life => new(new(Id), Incarnation);
}
