using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class ReceiveAsyncSpec : TestKit
{
    [Fact]
    public void Handler_UntilDone_HoldsTheMailbox()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Waiter(gate)));

        actor.Tell("wait");
        ExpectMsg("begun");
        actor.Tell("next");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        gate.SetResult();

        ExpectMsg("done");
        ExpectMsg("next");
    }

    [Fact]
    public void SenderSelfAndContext_AcrossAwaits_StayTheSame()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Faithful()));
        var first = CreateTestProbe();
        var second = CreateTestProbe();

        actor.Tell("go", first.Ref);
        actor.Tell("go", second.Ref);

        first.ExpectMsg((actor, first.Ref));
        second.ExpectMsg((actor, second.Ref));
    }

    [Fact]
    public void Handler_WithManyAwaits_NeverOverlaps()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Overlap()));

        for (var i = 0; i < 200; i++)
            actor.Tell(i);
        actor.Tell("report");

        ExpectMsg("200 handled, 1 at a time", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Handler_ThatFailsAfterAnAwait_FailsTheActor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Failing()));

        actor.Tell("count");
        actor.Tell("fail later");
        actor.Tell("get");

        ExpectMsg(0);
    }

    [Fact]
    public void Handler_ThatFailsBeforeAnyAwait_FailsTheActor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Failing()));

        actor.Tell("count");
        actor.Tell("fail now");
        actor.Tell("get");

        ExpectMsg(0);
    }

    [Fact]
    public void Stop_DuringAHandler_EndsTheActor()
    {
        var never = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Waiter(never)));
        Watch(actor);
        actor.Tell("wait");
        ExpectMsg("begun");

        Sys.Stop(actor);

        ExpectTerminated(actor);
    }

    [Fact]
    public void Predicate_OfAnAsyncHandler_IsAsked()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Choosy()));

        actor.Tell(1);
        actor.Tell(2);

        ExpectMsg("other 1");
        ExpectMsg("even 2");
    }

    [Fact]
    public void RunTask_InAnUntypedActor_HoldsTheMailboxToo()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Untyped()));

        actor.Tell(1);
        actor.Tell(2);

        ExpectMsg("begin 1");
        ExpectMsg("end 1");
        ExpectMsg("begin 2");
        ExpectMsg("end 2");
    }

    private sealed class Waiter : ReceiveActor
    {
        public Waiter(TaskCompletionSource gate)
        {
            ReceiveAsync<string>(text => text == "wait", async _ =>
            {
                Sender.Tell("begun");
                await gate.Task;
                Sender.Tell("done");
            });
            ReceiveAny(message => Sender.Tell(message));
        }
    }

    private sealed class Faithful : ReceiveActor
    {
        public Faithful() => ReceiveAnyAsync(async _ =>
        {
            for (var i = 0; i < 10; i++)
                await Task.Yield();
            await Task.Run(() => { });
            Sender.Tell((Context.Self, Sender));
        });
    }

    private sealed class Overlap : ReceiveActor
    {
        private int _running;
        private int _most;
        private int _handled;

        public Overlap()
        {
            ReceiveAsync<int>(async _ =>
            {
                _running++;
                for (var i = 0; i < 5; i++)
                {
                    await Task.Yield();
                    _most = Math.Max(_most, _running);
                }
                _running--;
                _handled++;
            });
            Receive<string>(_ => Sender.Tell($"{_handled} handled, {_most} at a time"));
        }
    }

    private sealed class Failing : ReceiveActor
    {
        private int _count;

        public Failing()
        {
            Receive<string>(text => text == "count", _ => _count++);
            Receive<string>(text => text == "get", _ => Sender.Tell(_count));
            ReceiveAsync<string>(text => text == "fail now", _ => throw new SpecException("now"));
            ReceiveAsync<string>(async _ =>
            {
                await Task.Yield();
                throw new SpecException("later");
            });
        }
    }

    private sealed class Choosy : ReceiveActor
    {
        public Choosy()
        {
            ReceiveAsync<int>(async number =>
            {
                await Task.Yield();
                Sender.Tell($"even {number}");
            }, number => number % 2 == 0);
            Receive<int>(number => Sender.Tell($"other {number}"));
        }
    }

    private sealed class Untyped : UntypedActor
    {
        protected override void OnReceive(object message) => RunTask(async () =>
        {
            Sender.Tell($"begin {message}");
            await Task.Yield();
            Sender.Tell($"end {message}");
        });
    }
}
