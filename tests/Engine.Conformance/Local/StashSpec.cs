using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class StashSpec : TestKit
{
    [Fact]
    public void UnstashAll_Always_ReturnsTheMessagesInOrderBeforeOthers()
    {
        var actor = Sys.ActorOf<Door>();

        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("open");
        actor.Tell(3);

        ExpectMsg(1);
        ExpectMsg(2);
        ExpectMsg(3);
    }

    [Fact]
    public void Unstash_Always_ReturnsTheOldest()
    {
        var actor = Sys.ActorOf<Door>();

        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("one");

        ExpectMsg(1);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Stash_OfAMessage_KeepsItsSender()
    {
        var actor = Sys.ActorOf<Door>();
        var probe = CreateTestProbe();

        actor.Tell(1, probe.Ref);
        actor.Tell("open");

        probe.ExpectMsg(1);
    }

    [Fact]
    public void Stash_OfTheSameMessageTwice_Throws()
    {
        var actor = Sys.ActorOf<Twice>();

        actor.Tell("stash me twice");

        ExpectMsg<IllegalActorStateException>();
    }

    [Fact]
    public void Stash_OfOneObjectSentTwice_TakesBoth()
    {
        var actor = Sys.ActorOf<Door>();
        object same = 7;

        actor.Tell(same);
        actor.Tell(same);
        actor.Tell("open");

        ExpectMsg(7);
        ExpectMsg(7);
    }

    [Fact]
    public void Restart_WithStashedMessages_ReturnsThemToTheMailbox()
    {
        var actor = Sys.ActorOf<Door>();

        actor.Tell(1);
        actor.Tell(new SpecException("boom"));
        actor.Tell("open");

        ExpectMsg(1);
    }

    [Fact]
    public void Stop_WithStashedMessages_MakesThemDeadLetters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Sys.ActorOf<Door>();
        actor.Tell(1);
        actor.Tell("count");
        ExpectMsg(1);

        Sys.Stop(actor);

        Assert.Equal(1, ExpectMsg<DeadLetter>().Message);
    }

    private sealed class Door : ReceiveActor, IWithUnboundedStash
    {
        public Door()
        {
            Receive<string>(text => text == "open", _ =>
            {
                Stash.UnstashAll();
                Become(Open);
            });
            Receive<string>(text => text == "one", _ =>
            {
                Stash.Unstash();
                Become(Open);
            });
            Receive<string>(text => text == "count", _ => Sender.Tell(Stash.Count));
            Receive<int>(_ => Stash.Stash());
            Receive<Exception>(exception => throw exception);
        }

        public IStash Stash { get; set; }

        private void Open() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Twice : ReceiveActor, IWithStash
    {
        public Twice() => ReceiveAny(_ =>
        {
            Stash.Stash();
            try
            {
                Stash.Stash();
            }
            catch (IllegalActorStateException exception)
            {
                Sender.Tell(exception);
            }
        });

        public IStash Stash { get; set; }
    }
}
