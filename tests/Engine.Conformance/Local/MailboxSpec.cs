using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class MailboxSpec : TestKit
{
    public MailboxSpec()
        : base("""
            small-mailbox {
              mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka"
              mailbox-capacity = 2
              mailbox-push-timeout-time = 20ms
            }
            """)
    {
    }

    [Fact]
    public async Task SystemMessages_Always_ComeBeforeWaitingUserMessages()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Props.Create(() => new Gated(gate)));
        actor.Tell("block");
        ExpectMsg("blocked");

        for (var i = 0; i < 10; i++)
            actor.Tell(i);
        Sys.Stop(actor);
        await Sys.GuardianHasActed();
        gate.Set();

        // None of the ten was handled: the stop overtook them all.
        Assert.Equal(Enumerable.Range(0, 10), ReceiveN(10).Cast<DeadLetter>().Select(dead => (int)dead.Message));
    }

    [Fact]
    public void Messages_OfOneSender_KeepTheirOrder()
    {
        var actor = Sys.ActorOf<EchoActor>();

        for (var i = 0; i < 10_000; i++)
            actor.Tell(i);

        Assert.Equal(Enumerable.Range(0, 10_000), ReceiveN(10_000, TimeSpan.FromSeconds(10)).Cast<int>());
    }

    [Fact]
    public void BoundedMailbox_ThatIsFull_TurnsMessagesIntoDeadLettersAfterItsTimeout()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Props.Create(() => new Gated(gate)).WithMailbox("small-mailbox"));
        actor.Tell("block");
        ExpectMsg("blocked");

        for (var i = 0; i < 3; i++)
            actor.Tell(i);

        Assert.Equal(2, ExpectMsg<DeadLetter>().Message);
        gate.Set();
        ExpectMsg(0);
        ExpectMsg(1);
    }

    [Fact]
    public void Mailbox_ThatIsNotConfigured_IsRefused() =>
        Assert.ThrowsAny<Exception>(() => Sys.ActorOf(Props.Create<EchoActor>().WithMailbox("no-such-mailbox")));

    [Fact]
    public void Tell_OfNull_IsRefused()
    {
        var actor = Sys.ActorOf<EchoActor>();
        actor.Tell("it runs"); // what an actor gets before that is not looked at in Tell
        ExpectMsg("it runs");

        Assert.Throws<ArgumentNullException>(() => actor.Tell(null));
    }

    private sealed class Gated : ReceiveActor
    {
        public Gated(ManualResetEventSlim gate)
        {
            Receive<string>(_ =>
            {
                Sender.Tell("blocked");
                gate.Wait();
            });
            Receive<int>(number => Sender.Tell(number));
        }
    }
}
