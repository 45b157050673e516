using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class AskSpec : TestKit
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Ask_AnActorThatAnswers_GetsTheAnswer()
    {
        var echo = Sys.ActorOf<EchoActor>();

        Assert.Equal("hello", await echo.Ask<string>("hello", Long));
        Assert.Equal("hello", await echo.Ask("hello", Long));
        Assert.Equal("hello", await echo.Ask<string>("hello", CancellationToken.None));
        Assert.Equal("hello", await echo.Ask("hello", Long, CancellationToken.None));
    }

    [Fact]
    public async Task Ask_WithAFactory_SendsWhatItMakesOfTheReference()
    {
        var actor = Sys.ActorOf(Props.Create(() => new AnswersTo()));

        Assert.Equal("answer", await actor.Ask<string>(replyTo => new AnswersTo.Request(replyTo), Long, CancellationToken.None));
    }

    [Fact]
    public async Task Ask_AnActorThatIsSilent_TimesOut()
    {
        var silent = Sys.ActorOf(BlackHole());

        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("hello", TimeSpan.FromMilliseconds(30)));
    }

    [Fact]
    public async Task Ask_Cancelled_IsCancelled()
    {
        var silent = Sys.ActorOf(BlackHole());
        using var source = new CancellationTokenSource();

        var answer = silent.Ask<string>("hello", Long, source.Token);
        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Ask_AnsweredWithAFailure_ThrowsItsCause()
    {
        var echo = Sys.ActorOf<EchoActor>();

        var failure = await Assert.ThrowsAsync<SpecException>(() => echo.Ask<string>(new Status.Failure(new SpecException("no")), Long));

        Assert.Equal("no", failure.Message);
    }

    [Fact]
    public async Task Ask_AnsweredWithAnotherType_Throws()
    {
        var echo = Sys.ActorOf<EchoActor>();

        await Assert.ThrowsAsync<ArgumentException>(() => echo.Ask<string>(42, Long));
    }

    [Fact]
    public async Task Ask_AnsweredTwice_TakesTheFirst()
    {
        var actor = Sys.ActorOf(Props.Create(() => new AnswersTwice()));

        Assert.Equal(1, await actor.Ask<int>("go", Long));
    }

    [Fact]
    public async Task Answer_AfterTheTimeout_IsADeadLetter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Sys.ActorOf(Props.Create(() => new ForwardActor(TestActor)));

        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("late", TimeSpan.FromMilliseconds(20)));
        ExpectMsg("late");
        LastSender.Tell("too late");

        Assert.Equal("too late", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public async Task Ask_ASelection_WorksAlike()
    {
        Sys.ActorOf<EchoActor>("echo");

        Assert.Equal("hi", await Sys.ActorSelection("/user/echo").Ask<string>("hi", Long));
    }

    [Fact]
    public async Task Ask_FromManyTasks_GivesEachItsOwnAnswer()
    {
        var echo = Sys.ActorOf<EchoActor>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => echo.Ask<int>(i, Long)));

        Assert.Equal(Enumerable.Range(0, 1000), answers);
    }

    [Fact]
    public void PipeTo_OfATaskThatSucceeds_SendsItsResult()
    {
        var probe = CreateTestProbe();

        Task.FromResult(5).PipeTo(TestActor, probe.Ref);
        ExpectMsg(5);
        Assert.Equal(probe.Ref, LastSender);

        Task.FromResult(5).PipeTo(TestActor, success: value => value * 2);
        ExpectMsg(10);
    }

    [Fact]
    public void PipeTo_OfATaskThatFails_SendsAFailure()
    {
        Task.FromException<int>(new SpecException("no")).PipeTo(TestActor);
        Assert.Equal("no", ExpectMsg<Status.Failure>().Cause.Message);

        Task.FromException(new SpecException("no")).PipeTo(TestActor, failure: cause => cause.Message);
        ExpectMsg("no");
    }

    [Fact]
    public void Forward_Always_KeepsTheSender()
    {
        var target = CreateTestProbe();
        var actor = Sys.ActorOf(Props.Create(() => new ForwardActor(target.Ref)));

        actor.Tell("hello");

        target.ExpectMsg("hello");
        Assert.Equal(TestActor, target.Sender);
    }

    [Fact]
    public async Task GracefulStop_OfAnActorThatStops_IsTrue()
    {
        var actor = Sys.ActorOf<EchoActor>();
        Watch(actor);

        Assert.True(await actor.GracefulStop(Long));

        ExpectTerminated(actor);
    }

    [Fact]
    public async Task GracefulStop_OfAnActorThatDoesNot_IsFalse()
    {
        var actor = Sys.ActorOf(BlackHole());

        Assert.False(await actor.GracefulStop(TimeSpan.FromMilliseconds(50), "not a stop"));
    }

    private static Props BlackHole() => Props.Create(() => new Silent());

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class AnswersTo : ReceiveActor
    {
        public AnswersTo() => Receive<Request>(request => request.ReplyTo.Tell("answer"));

        public sealed record Request(IActorRef ReplyTo);
    }

    private sealed class AnswersTwice : ReceiveActor
    {
        public AnswersTwice() => ReceiveAny(_ =>
        {
            Sender.Tell(1);
            Sender.Tell(2);
        });
    }
}
