using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class DeadLettersSpec : TestKit
{
    private readonly IActorRef _dead;

    public DeadLettersSpec()
    {
        _dead = Sys.ActorOf<EchoActor>("gone");
        Watch(_dead);
        Sys.Stop(_dead);
        ExpectTerminated(_dead);
    }

    [Fact]
    public void Tell_ToAStoppedActor_IsPublishedWithSenderAndRecipient()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        _dead.Tell("hello");

        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal("hello", letter.Message);
        Assert.Equal(TestActor, letter.Sender);
        Assert.Equal(_dead.Path, letter.Recipient.Path);
    }

    [Fact]
    public void Tell_WithoutASender_HasDeadLettersAsSender()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        _dead.Tell("hello", ActorRefs.NoSender);

        Assert.Equal(Sys.DeadLetters, ExpectMsg<DeadLetter>().Sender);
    }

    [Fact]
    public void Tell_ToDeadLetters_IsPublished()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        Sys.DeadLetters.Tell("direct");

        Assert.Equal("direct", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Tell_OfASuppressedMessage_IsPublishedAsSuppressed()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));

        _dead.Tell(PoisonPill.Instance);

        Assert.IsType<PoisonPill>(ExpectMsg<SuppressedDeadLetter>().Message);
    }

    [Fact]
    public void Message_NobodyHandled_IsPublishedAsUnhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new StringsOnly()));

        actor.Tell(42);

        var unhandled = ExpectMsg<UnhandledMessage>();
        Assert.Equal(42, unhandled.Message);
        Assert.Equal(actor, unhandled.Recipient);
        Assert.Equal(TestActor, unhandled.Sender);
    }

    [Fact]
    public void Sender_OfAMessageWithoutOne_IsDeadLetters()
    {
        var actor = Sys.ActorOf(Props.Create(() => new TellsSender(TestActor)));

        actor.Tell("who?", ActorRefs.NoSender);

        ExpectMsg(Sys.DeadLetters);
    }

    private sealed class StringsOnly : ReceiveActor
    {
        public StringsOnly() => Receive<string>(_ => { });
    }

    private sealed class TellsSender : ReceiveActor
    {
        public TellsSender(IActorRef to) => ReceiveAny(_ => to.Tell(Sender));
    }
}
