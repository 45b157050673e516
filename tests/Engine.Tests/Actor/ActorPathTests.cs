using Akka.Actor;

namespace ActorCompute.Engine.Tests.Actor;

public sealed class ActorPathTests
{
    [Theory]
    [InlineData("akka://sys/user/a")]
    [InlineData("akka://sys/user/a/b/$c")]
    [InlineData("akka.tcp://sys@host:5100/user/a")]
    [InlineData("akka.tcp://sys@[::1]:5100/user/a")]
    [InlineData("akka://sys/")]
    public void Parse_AndFormat_GiveTheSameText(string text) => Assert.Equal(text, ActorPath.Parse(text).ToString());

    [Fact]
    public void Parse_OfAPathWithUid_KeepsItApart()
    {
        var path = ActorPath.Parse("akka.tcp://sys@host:5100/user/a#123");

        Assert.Equal(123, path.Uid);
        Assert.Equal("a", path.Name);
        Assert.Equal("akka.tcp://sys@host:5100/user/a", path.ToString());
        Assert.Equal("akka.tcp://sys@host:5100/user/a#123", path.ToSerializationFormat());
        Assert.Equal(ActorPath.Parse("akka.tcp://sys@host:5100/user/a#7"), path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/user/a")]
    [InlineData("akka:/sys/user")]
    [InlineData("akka://")]
    [InlineData("akka:///user")]
    [InlineData("akka.tcp://sys@host:99999/user")]
    [InlineData("akka.tcp://sys@host:x/user")]
    [InlineData("akka.tcp://sys@/user")]
    [InlineData("akka.tcp://sys@[::1/user")]
    [InlineData("akka://sys/user/a#x")]
    [InlineData("akka://sys/user/#1")]
    [InlineData("akka://sys/user/a#99999999999999999999")]
    [InlineData("a b://sys/user")]
    public void TryParse_OfSomethingElse_IsFalse(string text) => Assert.False(ActorPath.TryParse(text, out _));

    [Fact]
    public void TryParse_OfAnEndlessPath_IsFalse() =>
        Assert.False(ActorPath.TryParse("akka://sys" + string.Concat(Enumerable.Repeat("/a", 100_000)), out _));

    [Fact]
    public void ParentOf_AndElements_FollowTheNames()
    {
        var path = new RootActorPath(new Address("akka", "sys")) / "user" / "a" / "b";

        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal(3, path.Depth);
        Assert.Equal("akka://sys/user/a", path.Parent.ToString());
        Assert.Equal("akka://sys/user", path.ParentOf(1).ToString());
        Assert.Equal("akka://sys/user/a", path.ParentOf(-1).ToString());
        Assert.Equal(path.Root, path.ParentOf(0));
        Assert.Equal(path.Root, path.Root.Parent);
        Assert.Equal(path, path.Root / new[] { "user", "a", "b" });
        Assert.Equal("/user/a/b", path.ToStringWithoutAddress());
    }

    [Fact]
    public void ToStringWithAddress_OfALocalPath_TakesTheAddressOfARemoteOneDoesNot()
    {
        var address = new Address("akka.tcp", "sys", "host", 1);

        Assert.Equal("akka.tcp://sys@host:1/user/a", ActorPath.Parse("akka://sys/user/a").ToStringWithAddress(address));
        Assert.Equal("akka.tcp://sys@other:2/user/a", ActorPath.Parse("akka.tcp://sys@other:2/user/a").ToStringWithAddress(address));
    }

    [Theory]
    [InlineData("name", true)]
    [InlineData("na-me_1.2", true)]
    [InlineData("a%20b", true)]
    [InlineData("a%2", false)]
    [InlineData("$a", false)]
    [InlineData("a/b", false)]
    [InlineData("a#b", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsValidPathElement_OfAName_SaysSo(string name, bool expected) => Assert.Equal(expected, ActorPath.IsValidPathElement(name));

    [Fact]
    public void Equality_Always_GoesByAddressAndNames()
    {
        var a = ActorPath.Parse("akka://sys/user/a");

        Assert.True(a == ActorPath.Parse("akka://sys/user/a"));
        Assert.True(a != ActorPath.Parse("akka://sys/user/b"));
        Assert.NotEqual(a, ActorPath.Parse("akka://other/user/a"));
        Assert.NotEqual(a, ActorPath.Parse("akka://sys/x/a"));
        Assert.Equal(a.GetHashCode(), a.WithUid(5).GetHashCode());
        Assert.True(a.CompareTo(ActorPath.Parse("akka://sys/user/b")) < 0);
    }
}
