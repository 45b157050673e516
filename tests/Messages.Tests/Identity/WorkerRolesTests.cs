namespace ActorCompute.Messages.Tests.Identity;

/// <summary>A life goes through a member's roles and comes out the same.</summary>
public sealed class WorkerRolesTests
{
    [Fact]
    public void Read_RolesOfALife_GiveIt()
    {
        var life = new WorkerLife(new("a-1"), 7);
        Assert.Equal(life, WorkerRoles.Read(WorkerRoles.Of(life)));
    }

    [Fact]
    public void Read_NoWorker_IsNull() => Assert.Null(WorkerRoles.Read(["seed", "incarnation-3"]));

    [Theory]
    [InlineData("incarnation-")]
    [InlineData("incarnation--1")]
    [InlineData("incarnation-99999999999999999999")]
    public void Read_NoNumber_IsBeforeAllOthers(string role) => Assert.Equal(new WorkerLife(new("a"), 0), WorkerRoles.Read(["worker-a", role]));
}
