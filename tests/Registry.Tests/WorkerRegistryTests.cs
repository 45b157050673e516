using ActorCompute.Messages;

namespace ActorCompute.Registry.Tests;

public sealed class WorkerRegistryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeyondLease = WorkerRegistry<string>.LeaseLength + TimeSpan.FromTicks(1);

    private readonly WorkerRegistry<string> _registry = new();

    [Fact]
    public void Register_FirstTimeAndAgain_IsNewThenRenewed()
    {
        Assert.Equal(RegistrationResult.New, Register("a", 1, "node-1"));
        Assert.Equal(RegistrationResult.Renewed, Register("a", 1, "node-1"));
        Assert.Single(_registry.Workers);
    }

    [Fact]
    public void Register_LaterIncarnation_TakesThePlaceOfTheOneBefore()
    {
        Register("a", 1, "node-1");

        Assert.Equal(RegistrationResult.New, Register("a", 2, "node-2"));

        var worker = Assert.Single(_registry.Workers);
        Assert.Equal((2L, "node-2"), (worker.Life.Incarnation, worker.Node));
    }

    [Fact]
    public void Register_EarlierIncarnation_IsStaleAndChangesNothing()
    {
        Register("a", 2, "node-2");

        Assert.Equal(RegistrationResult.Stale, Register("a", 1, "node-1", 5 * Second));

        Assert.Equal("node-2", Assert.Single(_registry.Workers).Node);
        // Not even a sign of life.
        Assert.Single(_registry.DropSilent(BeyondLease));
    }

    [Fact]
    public void Register_SameIncarnationWithAnotherNode_IsNew()
    {
        Register("a", 1, "node-1");
        Assert.Equal(RegistrationResult.New, Register("a", 1, "node-2"));
        Assert.Equal("node-2", Assert.Single(_registry.Workers).Node);
    }

    [Fact]
    public void Workers_Several_ComeByTheirIds()
    {
        foreach (var id in new[] { "c", "a", "b" }) Register(id, 1, id);
        Assert.Equal(["a", "b", "c"], _registry.Workers.Select(worker => worker.Life.Worker.Value));
    }

    [Fact]
    public void Remove_Registered_IsGone()
    {
        Register("a", 1, "node-1");
        Assert.True(_registry.Remove(new(new("a"), 1)));
        Assert.Empty(_registry.Workers);
        Assert.False(_registry.Remove(new(new("a"), 1)));
    }

    [Fact]
    public void Remove_IncarnationThatWasReplaced_KeepsTheLivingOne()
    {
        Register("a", 1, "node-1");
        Register("a", 2, "node-2");
        Assert.False(_registry.Remove(new(new("a"), 1)));
        Assert.Single(_registry.Workers);
    }

    [Fact]
    public void DropSilent_SilentForLonger_DropsThoseAlone()
    {
        Register("a", 1, "node-1");
        Register("b", 1, "node-b");
        Register("b", 1, "node-b", at: 4 * Second);

        Assert.Empty(_registry.DropSilent(WorkerRegistry<string>.LeaseLength));
        var dropped = Assert.Single(_registry.DropSilent(BeyondLease));

        Assert.Equal("a", dropped.Life.Worker.Value);
        Assert.Equal("b", Assert.Single(_registry.Workers).Life.Worker.Value);
        // It may come back, in the same incarnation.
        Assert.Equal(RegistrationResult.New, Register("a", 1, "node-1", BeyondLease));
    }

    [Fact]
    public void Disconnected_NotHeardSince_IsDroppedSooner()
    {
        Register("a", 1, "node-a", 5 * Second);
        Register("b", 1, "node-b", 5 * Second);
        Register("c", 1, "node-c", 5 * Second);
        _registry.Disconnected(node => node != "node-c", 6 * Second);
        Register("b", 1, "node-b", 7 * Second);

        Assert.Empty(_registry.DropSilent(9 * Second));
        Assert.Equal("a", Assert.Single(_registry.DropSilent(9 * Second + TimeSpan.FromTicks(1))).Life.Worker.Value);
    }

    [Fact]
    public void RenewAll_AfterAStandstill_NobodyIsDropped()
    {
        Register("a", 1, "node-1");
        _registry.RenewAll(60 * Second);
        Assert.Empty(_registry.DropSilent(61 * Second));
    }

    private RegistrationResult Register(string id, long incarnation, string node, TimeSpan at = default) =>
        _registry.Register(new(new(id), incarnation), node, new() { Id = id }, at);
}
