using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A test's actor system and an actor, <see cref="TestActor"/>, that collects what it receives for expectations. What
/// the test sends with Tell has that actor as its sender.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int _testActors;

    private readonly ITestKitAssertions _assertions;
    private readonly MessageInbox _inbox = new();
    private readonly SynchronizationContext _outerContext;
    private ReceivedMessage _last;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system = null, string testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        Sys = system ?? CreateSystem(config, actorSystemName ?? "test");
        // A system that was made without the test kit lacks its settings.
        ((Actor.Internal.ActorSystemImpl)Sys).InjectTopLevelFallback(DefaultConfig);
        TestKitSettings = TestKitExtension.For(Sys);
        Log = Logging.GetLogger(Sys, GetType());
        TestActor = CreateTestActor(testActorName ?? $"testActor{Interlocked.Increment(ref _testActors)}", _inbox);
        if (this is INoImplicitSender)
            return;
        var cell = ((LocalActorRef)TestActor).Cell;
        ActorCell.Current = cell;
        _outerContext = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new CellKeepingSynchronizationContext(cell));
    }

    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("""
        akka.test {
          timefactor = 1.0
          filter-leeway = 3s
          single-expect-default = 3s
          default-timeout = 5s
          test-actor.dispatcher {
            type = "Akka.TestKit.CallingThreadDispatcherConfigurator, Akka.TestKit"
            throughput = 2147483647
          }
        }
        """);

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("""
        akka.loglevel = DEBUG
        akka.stdout-loglevel = DEBUG
        akka.actor.debug.unhandled = on
        """);

    /// <summary>Since some moment; never goes back.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public ActorSystem Sys { get; }

    public TestKitSettings TestKitSettings { get; }

    public ILoggingAdapter Log { get; }

    public IActorRef TestActor { get; }

    /// <summary>Who sent the message that was taken last.</summary>
    /// <exception cref="IllegalActorStateException">The last attempt to take one found none.</exception>
    public IActorRef LastSender => Last.Sender;

    /// <summary>The message that was taken last.</summary>
    /// <exception cref="IllegalActorStateException">The last attempt to take one found none.</exception>
    public object LastMessage => Last.Message;

    public bool HasMessages => _inbox.HasMessages;

    public IActorRef CreateTestActor(string name) => CreateTestActor(name, _inbox);

    public virtual TestProbe CreateTestProbe(string name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string name = null) => new(system, _assertions, name);

    public virtual TestLatch CreateTestLatch(int count = 1) => TestLatch.Make(Dilated, TestKitSettings.DefaultTimeout, count);

    /// <summary>Messages for which the predicate holds are thrown away.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => TestActor.Tell(new TestActor.SetIgnore(shouldIgnoreMessage), TestActor);

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    public void IgnoreNoMessages() => TestActor.Tell(new TestActor.SetIgnore(null), TestActor);

    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new TestActor.SetAutoPilot(pilot), TestActor);

    /// <summary>Has the test actor watch; its Terminated arrives like any message.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new TestActor.WatchThis(actorToWatch), TestActor);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new TestActor.UnwatchThis(actorToUnwatch), TestActor);
        return actorToUnwatch;
    }

    /// <summary>Terminates the system and waits for it.</summary>
    /// <exception cref="TimeoutException">It did not end in time, and <paramref name="verifySystemShutdown"/> was set.</exception>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        system ??= Sys;
        if (ReferenceEquals(system, Sys) && this is not INoImplicitSender)
            LeaveThread();
        var limit = duration ?? Dilated(TimeSpan.FromSeconds(5));
        if (system.Terminate().Wait(limit))
            return;
        var message = $"Failed to stop [{system.Name}] within [{limit}]{Environment.NewLine}{((ExtendedActorSystem)system).PrintTree()}";
        if (verifySystemShutdown)
            throw new TimeoutException(message);
        system.Log.Warning(message);
    }

    private ReceivedMessage Last => _last ?? throw new IllegalActorStateException("The last attempt to receive took no message.");

    /// <summary>The next test on this thread must not send as this one's actor.</summary>
    private void LeaveThread()
    {
        if (ActorCell.Current is { } current && ReferenceEquals(current.Self, TestActor))
            ActorCell.Current = null;
        if (SynchronizationContext.Current is CellKeepingSynchronizationContext)
            SynchronizationContext.SetSynchronizationContext(_outerContext);
    }

    private static ActorSystem CreateSystem(ActorSystemSetup setup, string name)
    {
        var bootstrap = setup.Get<BootstrapSetup>().GetOrElse(BootstrapSetup.Create());
        var config = bootstrap.Config.GetOrElse(ConfigurationFactory.Empty).WithFallback(DefaultConfig);
        return ActorSystem.Create(name, setup.And(bootstrap.WithConfig(config)));
    }

    private LocalActorRef CreateTestActor(string name, MessageInbox inbox) =>
        (LocalActorRef)((ExtendedActorSystem)Sys).SystemActorOf(
            Props.From(() => new TestActor(inbox)).WithDispatcher("akka.test.test-actor.dispatcher"), name);
}
