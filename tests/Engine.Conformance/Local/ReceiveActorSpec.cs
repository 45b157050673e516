using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class ReceiveActorSpec : TestKit
{
    [Fact]
    public void Handlers_OfATypeAndItsBase_AreTriedInTheirOrder()
    {
        var actor = Sys.ActorOf<Ordered>();

        actor.Tell("short");
        actor.Tell("a long text");
        actor.Tell(3);
        actor.Tell(30);
        actor.Tell(2.5);

        ExpectMsg("text short");
        ExpectMsg("long text a long text");
        ExpectMsg("small number");
        ExpectMsg("number");
        ExpectMsg("anything");
    }

    [Fact]
    public void Handler_ThatReturnsFalse_LeavesTheMessageToTheNext()
    {
        var actor = Sys.ActorOf<Declining>();

        actor.Tell(1);
        actor.Tell(2);

        ExpectMsg("second 1");
        ExpectMsg("first 2");
    }

    [Fact]
    public void Handler_ByTypeAtRunTime_Works()
    {
        var actor = Sys.ActorOf<ByType>();

        actor.Tell("text");
        actor.Tell(7);

        ExpectMsg("string text");
        ExpectMsg("odd 7");
    }

    [Fact]
    public void Message_WithoutAHandler_IsUnhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf<ByType>();

        actor.Tell(8);

        Assert.Equal(8, ExpectMsg<UnhandledMessage>().Message);
    }

    [Fact]
    public void Become_AndUnbecomeStacked_ChangeTheHandlers()
    {
        var actor = Sys.ActorOf<Moody>();

        actor.Tell("hi");
        actor.Tell("push");
        actor.Tell("hi");
        actor.Tell("pop");
        actor.Tell("hi");
        actor.Tell("replace");
        actor.Tell("hi");

        ExpectMsg("calm");
        ExpectMsg("excited");
        ExpectMsg("calm");
        ExpectMsg("other");
    }

    [Fact]
    public void Become_InTheConstructor_Counts()
    {
        var actor = Sys.ActorOf<BornOther>();

        actor.Tell("hi");

        ExpectMsg("other");
    }

    [Fact]
    public void HandlerAfterOneForEverything_IsRefused()
    {
        var actor = Sys.ActorOf<TooMany>();
        Watch(actor);

        ExpectTerminated(actor);
    }

    [Fact]
    public void UntypedActor_Become_ReplacesOnReceive()
    {
        var actor = Sys.ActorOf<UntypedMoody>();

        actor.Tell("hi");
        actor.Tell("become");
        actor.Tell("hi");
        actor.Tell("unbecome");
        actor.Tell("hi");

        ExpectMsg("first");
        ExpectMsg("second");
        ExpectMsg("first");
    }

    private sealed class Ordered : ReceiveActor
    {
        public Ordered()
        {
            Receive<string>(text => text.Length > 5, text => Sender.Tell("long text " + text));
            Receive<string>(text => Sender.Tell("text " + text));
            Receive<int>(_ => Sender.Tell("small number"), number => number < 10);
            Receive<int>(_ => Sender.Tell("number"));
            ReceiveAny(_ => Sender.Tell("anything"));
        }
    }

    private sealed class Declining : ReceiveActor
    {
        public Declining()
        {
            Receive<int>(number =>
            {
                if (number == 1)
                    return false;
                Sender.Tell($"first {number}");
                return true;
            });
            Receive<int>(number => Sender.Tell($"second {number}"));
        }
    }

    private sealed class ByType : ReceiveActor
    {
        public ByType()
        {
            Receive(typeof(string), message => Sender.Tell($"string {message}"));
            Receive(typeof(int), message => (int)message % 2 == 1, message => Sender.Tell($"odd {message}"));
        }
    }

    private sealed class Moody : ReceiveActor
    {
        public Moody() => Calm();

        private void Calm()
        {
            Receive<string>(text => text == "hi", _ => Sender.Tell("calm"));
            Receive<string>(text => text == "push", _ => BecomeStacked(Excited));
            Receive<string>(text => text == "replace", _ => Become(() => ReceiveAny(_ => Sender.Tell("other"))));
        }

        private void Excited()
        {
            Receive<string>(text => text == "hi", _ => Sender.Tell("excited"));
            Receive<string>(text => text == "pop", _ => UnbecomeStacked());
        }
    }

    private sealed class BornOther : ReceiveActor
    {
        public BornOther()
        {
            Receive<string>(_ => Sender.Tell("first"));
            Become(() => Receive<string>(_ => Sender.Tell("other")));
        }
    }

    private sealed class TooMany : ReceiveActor
    {
        public TooMany()
        {
            ReceiveAny(_ => { });
            Receive<string>(_ => { });
        }
    }

    private sealed class UntypedMoody : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "become")
                BecomeStacked(Second);
            else
                Sender.Tell("first");
        }

        private void Second(object message)
        {
            if (message is "unbecome")
                UnbecomeStacked();
            else
                Sender.Tell("second");
        }
    }
}
