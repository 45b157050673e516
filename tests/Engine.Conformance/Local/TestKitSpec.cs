using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Xunit.Sdk;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class TestKitSpec : TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Tell_FromTheTest_HasTheTestActorAsSender()
    {
        Sys.ActorOf<EchoActor>().Tell("hello");

        ExpectMsg("hello");
    }

    [Fact]
    public async Task Tell_AfterAnAwait_StillHasTheTestActorAsSender()
    {
        await Task.Yield();
        await Task.Run(() => { });

        Sys.ActorOf<EchoActor>().Tell("hello");

        await ExpectMsgAsync("hello");
    }

    [Fact]
    public void ExpectMsg_OfAnother_Fails()
    {
        TestActor.Tell("something else");

        Assert.ThrowsAny<XunitException>(() => ExpectMsg("hello"));
    }

    [Fact]
    public void ExpectMsg_OfNothing_Fails() => Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Short));

    [Fact]
    public void ExpectNoMsg_WithAMessage_Fails()
    {
        TestActor.Tell("surprise");

        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Short));
    }

    [Fact]
    public void ExpectMsg_WithChecks_RunsThem()
    {
        TestActor.Tell(5);
        TestActor.Tell(6);
        TestActor.Tell(7);

        ExpectMsg<int>(number => number == 5);
        ExpectMsg<int>(number => Assert.Equal(6, number));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(number => number == 0));
    }

    [Fact]
    public void ExpectMsgFrom_AnActor_ChecksTheSender()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("mine", probe.Ref);
        TestActor.Tell("not mine", TestActor);

        ExpectMsgFrom(probe.Ref, "mine");
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom<string>(probe.Ref));
    }

    [Fact]
    public void Probe_Always_HasItsOwnMessagesAndAnswers()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("question");

        probe.ExpectMsg("question");
        Assert.False(HasMessages);
        probe.Reply("answer");

        ExpectMsg("answer");
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public void Probe_AsAReference_CanBeToldAndWatched()
    {
        var probe = CreateTestProbe();
        Watch(probe);

        ((IActorRef)probe).Tell("hello", TestActor);
        probe.ExpectMsg("hello");
        Sys.Stop(probe);

        ExpectTerminated(probe);
    }

    [Fact]
    public void FishForMessage_Always_SkipsTheOthers()
    {
        TestActor.Tell(1);
        TestActor.Tell("two");
        TestActor.Tell(3);

        Assert.Equal(3, FishForMessage<int>(number => number > 1));
        Assert.Equal(3, LastMessage);
    }

    [Fact]
    public void LastMessage_AfterNothingCame_Throws()
    {
        TestActor.Tell(1);
        ExpectMsg(1);
        ExpectNoMsg(Short);

        Assert.Throws<IllegalActorStateException>(() => LastMessage);
        Assert.Throws<IllegalActorStateException>(() => LastSender);
    }

    [Fact]
    public void IgnoreMessages_Always_DropsThem()
    {
        IgnoreMessages<string>();

        TestActor.Tell("ignored");
        TestActor.Tell(1);
        ExpectMsg(1);

        IgnoreNoMessages();
        TestActor.Tell("seen");
        ExpectMsg("seen");
    }

    [Fact]
    public void ExpectMsgAllOf_InAnyOrder_Succeeds()
    {
        TestActor.Tell("b");
        TestActor.Tell("a");

        ExpectMsgAllOf("a", "b");

        TestActor.Tell("a");
        TestActor.Tell("c");
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf("a", "b"));
    }

    [Fact]
    public void ExpectMsgAnyOf_OneOfThem_Succeeds()
    {
        TestActor.Tell("b");

        Assert.Equal("b", ExpectMsgAnyOf<string>(["a", "b"]));
    }

    [Fact]
    public void Within_LongerThanItsMax_Fails() => Assert.ThrowsAny<XunitException>(() =>
        Within(Short, () => AwaitConditionNoThrow(() => false, TimeSpan.FromMilliseconds(200))));

    [Fact]
    public void Within_Always_LimitsWhatIsInside()
    {
        var start = Now;

        Assert.ThrowsAny<XunitException>(() => Within(Short, () => ExpectMsg<string>()));

        Assert.True(Now - start < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void AwaitAssert_UntilItHolds_Succeeds()
    {
        var tries = 0;

        AwaitAssert(() => Assert.True(++tries > 3));

        Assert.Equal(4, tries);
    }

    [Fact]
    public async Task AsyncExpectations_Always_WorkAsTheOthersDo()
    {
        TestActor.Tell(1);
        TestActor.Tell("two");
        Assert.Equal(1, await ExpectMsgAsync<int>());
        Assert.Equal("two", await FishForMessageAsync<string>(text => text == "two"));
        Assert.Equal("two", LastMessage);
        await ExpectNoMsgAsync(Short);
        await AwaitAssertAsync(() => Assert.False(HasMessages));
        await WithinAsync(TimeSpan.FromSeconds(1), () => Task.CompletedTask);
    }

    [Fact]
    public void AutoPilot_Set_ReactsToMessages()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new Replier());

        probe.Ref.Tell("hello");

        ExpectMsg("auto hello");
        probe.ExpectMsg("hello");
    }

    [Fact]
    public void TestLatch_CountedDown_Opens()
    {
        var latch = CreateTestLatch(2);
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, latch.CountDown);
        latch.CountDown();

        latch.Ready();

        Assert.True(latch.IsOpen);
        Assert.ThrowsAny<Exception>(() => CreateTestLatch().Ready(Short));
    }

    [Fact]
    public void Settings_Always_HaveTheirDefaults()
    {
        Assert.Equal(TimeSpan.FromSeconds(3), TestKitSettings.SingleExpectDefault);
        Assert.Equal(1.0, TestKitSettings.TestTimeFactor);
    }

    private sealed class Replier : AutoPilot
    {
        public override AutoPilot Run(IActorRef sender, object message)
        {
            sender.Tell($"auto {message}", ActorRefs.NoSender);
            return KeepRunning;
        }
    }
}
