using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Remote;

public class RemoteMessagingSpec : IAsyncLifetime
{
    private readonly Systems _systems = new();
    private readonly ActorSystem _here;
    private readonly ActorSystem _there;

    public RemoteMessagingSpec()
    {
        _here = _systems.StartRemote("here");
        _there = _systems.StartRemote("there");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _systems.DisposeAsync();

    [Fact]
    public void DefaultAddress_PortZero_IsTheRealPort()
    {
        var address = _here.AddressOf();

        Assert.Equal("akka.tcp", address.Protocol);
        Assert.Equal("here", address.System);
        Assert.Equal("127.0.0.1", address.Host);
        Assert.True(address.Port > 0);
    }

    [Fact]
    public async Task Tell_RemoteActor_ArrivesWithASenderThatCanBeAnswered()
    {
        var asker = new Mail(_here);
        var answerer = new Mail(_there);

        _here.Resolve(_there, answerer.Ref).Tell("question", asker.Ref);

        Assert.Equal("question", await answerer.Expect<string>());
        Assert.Equal(_here.AddressOf(), answerer.LastSender.Path.Address);
        answerer.Reply("answer");
        Assert.Equal("answer", await asker.Expect<string>());
        Assert.Equal(answerer.Ref.Path.Uid, asker.LastSender.Path.Uid);
    }

    [Fact]
    public async Task Tell_ManyMessages_KeepTheirOrder()
    {
        const int Count = 20_000;
        var receiver = new Mail(_there);
        var remote = _here.Resolve(_there, receiver.Ref);

        for (var i = 0; i < Count; i++)
            remote.Tell(i, ActorRefs.NoSender);

        for (var i = 0; i < Count; i++)
            Assert.Equal(i, await receiver.Expect<int>());
    }

    [Fact]
    public async Task Ask_RemoteActor_GetsTheAnswer()
    {
        var echo = _there.ActorOf(Props.Create(() => new Echo()), "echo");
        var remote = _here.Resolve(_there, echo);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => remote.Ask<string>($"m{i}", TimeSpan.FromSeconds(15))));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"m{i}"), answers);
    }

    [Fact]
    public async Task Ask_NobodyAnswers_TimesOut()
    {
        var silent = new Mail(_there);
        var remote = _here.Resolve(_there, silent.Ref);

        await Assert.ThrowsAsync<AskTimeoutException>(() => remote.Ask<string>("?", TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task Selection_OnAnotherNode_Delivers()
    {
        var receiver = new Mail(_there, "receiver");

        _here.ActorSelection(_there.PathFrom("/user/receiver")).Tell("by path", ActorRefs.NoSender);
        _here.ActorSelection(_there.PathFrom("/user/rec*")).Tell("by pattern", ActorRefs.NoSender);

        Assert.Equal("by path", await receiver.Expect<string>());
        Assert.Equal("by pattern", await receiver.Expect<string>());
    }

    [Fact]
    public async Task Identify_OnAnotherNode_GivesTheReference()
    {
        var known = new Mail(_there, "known");

        var identity = await _here.ActorSelection(_there.PathFrom("/user/known")).Ask<ActorIdentity>(new Identify("id"), TimeSpan.FromSeconds(15));
        var nobody = await _here.ActorSelection(_there.PathFrom("/user/unknown")).Ask<ActorIdentity>(new Identify("id2"), TimeSpan.FromSeconds(15));

        Assert.Equal("id", identity.MessageId);
        Assert.Equal(known.Ref.Path.Uid, identity.Subject.Path.Uid);
        Assert.Equal(_there.AddressOf(), identity.Subject.Path.Address);
        Assert.Equal("id2", nobody.MessageId);
        Assert.Null(nobody.Subject);
    }

    [Fact]
    public async Task ResolveOne_OnAnotherNode_GivesTheReferenceOrFails()
    {
        var known = new Mail(_there, "known");

        var found = await _here.ActorSelection(_there.PathFrom("/user/known")).ResolveOne(TimeSpan.FromSeconds(15));
        found.Tell("hello", ActorRefs.NoSender);

        Assert.Equal("hello", await known.Expect<string>());
        await Assert.ThrowsAsync<ActorNotFoundException>(
            () => _here.ActorSelection(_there.PathFrom("/user/unknown")).ResolveOne(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Tell_ThroughThirdParty_KeepsTheFirstSender()
    {
        var asker = new Mail(_here);
        var answerer = new Mail(_here);
        var forwarder = _there.ActorOf(Props.Create(() => new Forwarder(_there.Resolve(_here, answerer.Ref))));

        _here.Resolve(_there, forwarder).Tell("via", asker.Ref);

        Assert.Equal("via", await answerer.Expect<string>());
        answerer.Reply("back");
        Assert.Equal("back", await asker.Expect<string>());
    }

    [Fact]
    public async Task PoisonPill_RemoteActor_StopsIt()
    {
        var victim = new Mail(_there);
        var watcher = new Mail(_there);
        await watcher.Watch(victim.Ref);

        _here.Resolve(_there, victim.Ref).Tell(PoisonPill.Instance, ActorRefs.NoSender);

        Assert.Equal(victim.Ref, (await watcher.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Tell_OwnAddress_StaysHere()
    {
        var receiver = new Mail(_here);

        _here.Resolve(_here, receiver.Ref).Tell("local", ActorRefs.NoSender);

        Assert.Equal("local", await receiver.Expect<string>());
    }

    [Fact]
    public void ResolveActorRef_OwnPathOfAnotherIncarnation_IsNotTheActor()
    {
        var actor = new Mail(_here).Ref;
        var provider = ((ExtendedActorSystem)_here).Provider;

        Assert.Equal(actor, provider.ResolveActorRef(actor.Path));
        Assert.NotEqual(actor, provider.ResolveActorRef(actor.Path.WithUid(actor.Path.Uid + 1)));
    }

    [Fact]
    public async Task Tell_StoppedIncarnationOfAName_DoesNotReachItsSuccessor()
    {
        var first = new Mail(_there, "name");
        var old = _here.Resolve(_there, first.Ref);
        var watcher = new Mail(_there);
        await watcher.Watch(first.Ref);
        _there.Stop(first.Ref);
        await watcher.Expect<Terminated>();
        // A watcher may hear of the end before the parent has given the name free.
        var second = await Eventually.Get(() => Task.FromResult(Take(_there, "name")), "the name is free");

        old.Tell("for the first", ActorRefs.NoSender);
        _here.ActorSelection(_there.PathFrom("/user/name")).Tell("for whoever is there", ActorRefs.NoSender);

        Assert.Equal("for whoever is there", await second.Expect<string>());
    }

    private static Mail Take(ActorSystem system, string name)
    {
        try
        {
            return new Mail(system, name);
        }
        catch (InvalidActorNameException)
        {
            return null;
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef to) => ReceiveAny(message => to.Forward(message));
    }
}
