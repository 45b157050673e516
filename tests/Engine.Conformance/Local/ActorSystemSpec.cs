using System.Collections.Concurrent;
using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class ActorSystemSpec : TestKit
{
    [Fact]
    public async Task Terminate_Always_StopsAllActorsAndCompletes()
    {
        var system = ActorSystem.Create("ending");
        var stopped = new ConcurrentQueue<string>();
        for (var i = 0; i < 20; i++)
            system.ActorOf(Props.Create(() => new TellsItsEnd(stopped)));

        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        Assert.Equal(20, stopped.Count);
    }

    [Fact]
    public async Task RegisterOnTermination_Actions_RunWhenAllHasEnded()
    {
        var system = ActorSystem.Create("ending");
        var order = new ConcurrentQueue<int>();
        system.RegisterOnTermination(() => order.Enqueue(1));
        system.RegisterOnTermination(() => order.Enqueue(2));

        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([2, 1], order);
    }

    [Fact]
    public async Task Terminate_Twice_IsOneEnd()
    {
        var system = ActorSystem.Create("ending");

        await Task.WhenAll(system.Terminate(), system.Terminate()).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Terminate_WithABusyActor_WaitsForItsMessage()
    {
        var system = ActorSystem.Create("busy");
        var gate = new ManualResetEventSlim();
        var probe = CreateTestProbe(system);
        system.ActorOf(Props.Create(() => new Busy(gate))).Tell("work", probe.Ref);
        probe.ExpectMsg("working");

        var ended = system.Terminate();
        Assert.False(ended.IsCompleted);
        gate.Set();

        await ended.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("-first")]
    [InlineData("a/b")]
    public void Create_WithANameNoSystemCanHave_Throws(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public async Task ActorOf_InATerminatedSystem_Throws()
    {
        var system = ActorSystem.Create("ended");
        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.ThrowsAny<Exception>(() => system.ActorOf<EchoActor>());
    }

    [Fact]
    public async Task Setups_GivenToASystem_CanBeCombined()
    {
        var setup = ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("a-dispatcher { type = Dispatcher, throughput = 3 }"))
                .WithActorRefProvider(ProviderSelection.Local.Instance),
            new SpecSetup("value"));
        var system = ActorSystem.Create("set-up", setup);

        Assert.Equal(3, system.Dispatchers.Lookup("a-dispatcher").Throughput);
        Assert.Equal("value", setup.Get<SpecSetup>().Value.Text);
        Assert.False(ActorSystemSetup.Empty.Get<SpecSetup>().HasValue);
        Assert.Equal("other", setup.WithSetup(new SpecSetup("other")).Get<SpecSetup>().Value.Text);
        await system.Terminate();
    }

    [Fact]
    public void Extension_Registered_IsMadeOnce()
    {
        var first = new SpecExtensionId().Apply(Sys);
        var second = new SpecExtensionId().Get(Sys);

        Assert.Same(first, second);
        Assert.Same(first, Sys.GetExtension<SpecExtension>());
        Assert.True(Sys.HasExtension<SpecExtension>());
        Assert.Same(first, Sys.WithExtension<SpecExtension, SpecExtensionId>());
        Assert.Same(Sys, first.System);
    }

    [Fact]
    public void Extension_NotRegistered_IsMissing()
    {
        Assert.False(Sys.HasExtension<SpecExtension>());
        Assert.False(Sys.TryGetExtension<SpecExtension>(out _));
    }

    [Fact]
    public void Context_OutsideOfATurn_IsRefused()
    {
        var actor = Sys.ActorOf<LeaksContext>();

        actor.Tell("go");

        ExpectMsg<NotSupportedException>();
    }

    [Fact]
    public void SystemActors_Always_LiveBesideTheUsers()
    {
        var actor = ((ExtendedActorSystem)Sys).SystemActorOf(Props.Create<EchoActor>(), "spec");

        actor.Tell("hello");

        ExpectMsg("hello");
        Assert.Equal("/system/spec", actor.Path.ToStringWithoutAddress());
        Assert.Equal("akka://test", ((ExtendedActorSystem)Sys).Provider.DefaultAddress.ToString());
    }

    private sealed class SpecSetup(string text) : Setup
    {
        public string Text { get; } = text;
    }

    private sealed class SpecExtension(ExtendedActorSystem system) : IExtension
    {
        public ActorSystem System { get; } = system;
    }

    private sealed class SpecExtensionId : ExtensionIdProvider<SpecExtension>
    {
        public override SpecExtension CreateExtension(ExtendedActorSystem system) => new(system);
    }

    private sealed class TellsItsEnd : UntypedActor
    {
        private readonly ConcurrentQueue<string> _stopped;

        public TellsItsEnd(ConcurrentQueue<string> stopped) => _stopped = stopped;

        protected override void PostStop() => _stopped.Enqueue(Self.Path.Name);

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Busy : UntypedActor
    {
        private readonly ManualResetEventSlim _gate;

        public Busy(ManualResetEventSlim gate) => _gate = gate;

        protected override void OnReceive(object message)
        {
            Sender.Tell("working");
            _gate.Wait();
        }
    }

    private sealed class LeaksContext : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var to = Sender;
            // Not a thread of the pool: a test kit may have left its test's actor on one of those.
            new Thread(() =>
            {
                try
                {
                    Context.Stop(to);
                }
                catch (NotSupportedException exception)
                {
                    to.Tell(exception, ActorRefs.NoSender);
                }
            }).Start();
        }
    }
}
