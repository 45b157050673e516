using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class ActorSelectionSpec : TestKit
{
    private readonly IActorRef _parent;
    private readonly IActorRef _one;
    private readonly IActorRef _two;

    public ActorSelectionSpec()
    {
        _parent = Sys.ActorOf(Props.Create(() => new Family()), "parent");
        _parent.Tell("one");
        _one = ExpectMsg<IActorRef>();
        _parent.Tell("two");
        _two = ExpectMsg<IActorRef>();
    }

    [Theory]
    [InlineData("/user/parent/one")]
    [InlineData("akka://test/user/parent/one")]
    [InlineData("user/parent/one")]
    [InlineData("/user/parent/../parent/one")]
    public void Tell_ToOnePath_ReachesIt(string path)
    {
        Sys.ActorSelection(path).Tell("who?", TestActor);

        ExpectMsg("one");
    }

    [Theory]
    [InlineData("/user/parent/*", new[] { "one", "two" })]
    [InlineData("/user/parent/o*", new[] { "one" })]
    [InlineData("/user/parent/t?o", new[] { "two" })]
    [InlineData("/user/*/one", new[] { "one" })]
    public void Tell_ToAPattern_ReachesAllThatMatch(string path, string[] names)
    {
        Sys.ActorSelection(path).Tell("who?", TestActor);

        ExpectMsgAllOf(names);
        Assert.False(HasMessages);
    }

    [Fact]
    public void Tell_FromAChildByARelativePath_ReachesItsSibling()
    {
        _one.Tell("ask ../two");

        ExpectMsg("two");
    }

    [Fact]
    public void Tell_ToNobody_IsADeadLetter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        Sys.ActorSelection("/user/parent/three").Tell("lost", TestActor);

        Assert.Equal("lost", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Identify_ToActors_IsAnsweredByEach()
    {
        Sys.ActorSelection("/user/parent/*").Tell(new Identify("id"), TestActor);

        ActorIdentity[] identities = [ExpectMsg<ActorIdentity>(), ExpectMsg<ActorIdentity>()];
        Assert.Equivalent(new[] { _one, _two }, identities.Select(identity => identity.Subject));
        Assert.All(identities, identity => Assert.Equal("id", identity.MessageId));
    }

    [Fact]
    public void Identify_ToNobody_IsAnsweredWithoutASubject()
    {
        Sys.ActorSelection("/user/parent/three").Tell(new Identify(1), TestActor);

        Assert.Null(ExpectMsg<ActorIdentity>().Subject);
    }

    [Fact]
    public async Task ResolveOne_OfAnActor_GivesItsReference() =>
        Assert.Equal(_one, await Sys.ActorSelection("/user/parent/one").ResolveOne(TimeSpan.FromSeconds(5)));

    [Fact]
    public async Task ResolveOne_OfNobody_Throws() =>
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nobody").ResolveOne(TimeSpan.FromSeconds(1)));

    [Fact]
    public void ResolveActorRef_OfAPath_FindsTheActor()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;

        Assert.Equal(_one, provider.ResolveActorRef(_one.Path));
        Assert.Equal(_one, provider.ResolveActorRef(_one.Path.ToSerializationFormat()));
    }

    private sealed class Family : ReceiveActor
    {
        public Family() => Receive<string>(name => Sender.Tell(Context.ActorOf(Props.Create(() => new Member(name)), name)));
    }

    private sealed class Member : ReceiveActor
    {
        public Member(string name)
        {
            Receive<string>(text => text == "who?", _ => Sender.Tell(name));
            Receive<string>(text => Context.ActorSelection(text.Split(' ')[1]).Tell("who?", Sender));
        }
    }
}
