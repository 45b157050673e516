using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class EventStreamSpec : TestKit
{
    [Fact]
    public void Publish_Always_ReachesSubscribersOfTheClassAndOfThoseAbove()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));

        Sys.EventStream.Publish(new Dog("Rex"));
        Sys.EventStream.Publish("no animal");
        Sys.EventStream.Publish(new Animal("any"));

        ExpectMsg(new Dog("Rex"));
        ExpectMsg(new Animal("any"));
        Assert.False(HasMessages);
    }

    [Fact]
    public void Publish_ToSubscribersOfAnInterface_ReachesThem()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IPet));

        Sys.EventStream.Publish(new Dog("Rex"));

        ExpectMsg(new Dog("Rex"));
    }

    [Fact]
    public void Subscribe_ToAClassAndOneAbove_DeliversOnce()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));

        Sys.EventStream.Publish(new Dog("Rex"));
        Sys.EventStream.Publish(new Animal("end"));

        ExpectMsg(new Dog("Rex"));
        ExpectMsg(new Animal("end"));
    }

    [Fact]
    public void Unsubscribe_FromAClass_LeavesTheOthers()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Subscribe(TestActor, typeof(string));

        Assert.True(Sys.EventStream.Unsubscribe(TestActor, typeof(Dog)));
        Sys.EventStream.Publish(new Dog("Rex"));
        Sys.EventStream.Publish("text");

        ExpectMsg("text");
    }

    [Fact]
    public void Unsubscribe_FromAll_LeavesNothing()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Subscribe(TestActor, typeof(string));

        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Assert.False(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish("text");

        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Subscribe_Twice_IsTrueOnlyOnce()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Dog)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Dog)));
    }

    [Fact]
    public void Subscriber_ThatStopped_GetsNoDeadLettersForEvents()
    {
        var subscriber = Sys.ActorOf<EchoActor>();
        Sys.EventStream.Subscribe(subscriber, typeof(Dog));
        Watch(subscriber);
        Sys.Stop(subscriber);
        ExpectTerminated(subscriber);

        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        AwaitAssert(() =>
        {
            Sys.EventStream.Publish(new Dog("Rex"));
            ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        });
    }

    private interface IPet;

    private record Animal(string Name);

    private sealed record Dog(string Name) : Animal(Name), IPet;
}
