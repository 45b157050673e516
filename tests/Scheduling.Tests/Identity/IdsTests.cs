namespace ActorCompute.Scheduling.Tests.Identity;

public sealed class IdsTests
{
    [Fact]
    public void JobId_Create_CannotBeGuessed()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => JobId.Create()).ToHashSet();
        Assert.Equal(1000, ids.Count);
        Assert.All(ids, id => Assert.Matches("^job-[0-9a-f]{16}$", id.ToString()));
    }

    [Fact]
    public void WorkerId_Order_IsByItsCharactersInEveryCulture() =>
        Assert.Equal(["A", "a", "b", "\u00e4"], new[] { "\u00e4", "b", "a", "A" }.Select(id => new WorkerId(id)).Order().Select(id => id.Value));

    [Fact]
    public void WorkerLife_Text_NamesWorkerAndIncarnation() => Assert.Equal("w#3", new WorkerLife(new("w"), 3).ToString());
}
