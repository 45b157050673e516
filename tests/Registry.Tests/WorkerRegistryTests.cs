using ActorCompute.Messages;

namespace ActorCompute.Registry.Tests;

public sealed class WorkerRegistryTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly WorkerRegistry<string> _registry = new();

    [Fact]
    public void Register_FirstTimeAndAgain_IsNewThenRenewed()
    {
        Assert.Equal(RegistrationResult.New, Register("a", 1, 11, "node-1"));
        Assert.Equal(RegistrationResult.Renewed, Register("a", 1, 11, "node-1"));
        Assert.Single(_registry.Workers);
    }

    [Fact]
    public void Register_LaterLife_TakesThePlaceOfTheOneBefore()
    {
        Register("a", 1, 11, "node-1");

        Assert.Equal(RegistrationResult.New, Register("a", 2, 12, "node-2"));

        var worker = Assert.Single(_registry.Workers);
        Assert.Equal((2L, 12, "node-2"), (worker.Life.Incarnation, worker.MemberUid, worker.Node));
    }

    [Fact]
    public void Register_EarlierLife_IsStaleAndChangesNothing()
    {
        Register("a", 2, 12, "node-2");

        Assert.Equal(RegistrationResult.Stale, Register("a", 1, 11, "node-1", TimeSpan.FromSeconds(50)));

        Assert.Equal("node-2", Assert.Single(_registry.Workers).Node);
        // Not even a sign of life.
        Assert.Single(_registry.DropSilent(Longest + TimeSpan.FromTicks(1), Longest));
    }

    [Theory]
    [InlineData(12, "node-1")]
    [InlineData(11, "node-2")]
    public void Register_SameLifeWithAnotherMemberOrNode_IsNew(int uid, string node)
    {
        Register("a", 1, 11, "node-1");
        Assert.Equal(RegistrationResult.New, Register("a", 1, uid, node));
        Assert.Equal((uid, node), (Assert.Single(_registry.Workers).MemberUid, _registry.Workers.Single().Node));
    }

    [Fact]
    public void Workers_Several_ComeByTheirIds()
    {
        foreach (var id in new[] { "c", "a", "b" }) Register(id, 1, 1, id);
        Assert.Equal(["a", "b", "c"], _registry.Workers.Select(worker => worker.Life.Worker.Value));
    }

    [Fact]
    public void NodeEnded_Registered_IsGone()
    {
        Register("a", 1, 11, "node-1");
        Assert.True(_registry.NodeEnded("node-1"));
        Assert.Empty(_registry.Workers);
        Assert.False(_registry.NodeEnded("node-1"));
    }

    [Fact]
    public void NodeEnded_OfALifeThatWasReplaced_KeepsTheLivingOne()
    {
        Register("a", 1, 11, "node-1");
        Register("a", 2, 12, "node-2");
        Assert.False(_registry.NodeEnded("node-1"));
        Assert.Single(_registry.Workers);
    }

    [Fact]
    public void DropSilent_SilentForLonger_DropsThoseAlone()
    {
        Register("a", 1, 11, "node-1");
        Register("b", 1, 21, "node-b");
        Register("b", 1, 21, "node-b", at: TimeSpan.FromSeconds(40));

        Assert.Empty(_registry.DropSilent(Longest, Longest));
        var dropped = Assert.Single(_registry.DropSilent(Longest + TimeSpan.FromTicks(1), Longest));

        Assert.Equal("a", dropped.Life.Worker.Value);
        Assert.Equal("b", Assert.Single(_registry.Workers).Life.Worker.Value);
        // It may come back, in the same life.
        Assert.Equal(RegistrationResult.New, Register("a", 1, 11, "node-1", at: Longest));
    }

    private RegistrationResult Register(string id, long incarnation, int uid, string node, TimeSpan at = default) =>
        _registry.Register(new(new(id), incarnation), uid, node, new() { Id = id }, at);
}
