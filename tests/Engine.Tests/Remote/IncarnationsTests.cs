using Akka.Remote.Associations;

namespace ActorCompute.Engine.Tests.Remote;

public class IncarnationsTests
{
    [Fact]
    public void Learn_FirstAndSame_ReplacesNothing()
    {
        var incarnations = new Incarnations();

        Assert.Null(incarnations.Learn(1));
        Assert.Null(incarnations.Learn(1));
        Assert.Equal(1, incarnations.Current);
    }

    [Fact]
    public void Learn_Another_BuriesTheOld()
    {
        var incarnations = new Incarnations();
        incarnations.Learn(1);

        Assert.Equal(1, incarnations.Learn(2));
        Assert.True(incarnations.IsDead(1));
        Assert.Throws<InvalidOperationException>(() => incarnations.Learn(1));
    }

    [Fact]
    public void Learn_AfterQuarantine_DoesNotReportTheOldTwice()
    {
        var incarnations = new Incarnations();
        incarnations.Learn(1);
        Assert.True(incarnations.Bury(1));
        Assert.True(incarnations.IsQuarantined);

        Assert.Null(incarnations.Learn(2));
        Assert.False(incarnations.IsQuarantined);
    }

    [Fact]
    public void Bury_ManyIncarnations_RemembersTheLast()
    {
        var incarnations = new Incarnations();
        for (var uid = 1; uid <= 1000; uid++)
            incarnations.Learn(uid);

        Assert.True(incarnations.IsDead(999));
        Assert.False(incarnations.IsDead(1));
    }
}
