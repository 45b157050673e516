using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace ActorCompute.Engine.Conformance.Local;

public sealed class LoggingSpec : TestKit
{
    public LoggingSpec()
        : base("akka.loglevel = INFO")
    {
    }

    [Fact]
    public void Logger_OfAnActor_PublishesWithItsPath()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Info));
        var actor = Sys.ActorOf<Talker>("talker");

        actor.Tell("hello");

        var info = FishForMessage<Info>(one => one.Message.ToString().Contains("hello"));
        Assert.Equal("said hello 3", info.Message.ToString());
        Assert.Contains("akka://test/user/talker", info.LogSource);
        Assert.Equal(LogLevel.InfoLevel, info.LogLevel());
    }

    [Fact]
    public void Level_BelowTheConfigured_IsNotPublished()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var log = Logging.GetLogger(Sys, "spec");

        log.Debug("quiet");
        log.Warning("loud");

        var first = FishForMessage<LogEvent>(one => one.LogSource.Contains("spec"));
        Assert.Equal("loud", first.Message.ToString());
        Assert.False(log.IsDebugEnabled);
        Assert.True(log.IsInfoEnabled);
        Assert.True(log.IsEnabled(LogLevel.ErrorLevel));
    }

    [Fact]
    public void Error_WithACause_CarriesIt()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        var cause = new InvalidOperationException("why");

        Logging.GetLogger(Sys, "spec").Error(cause, "failed {0} of {1}", 1, 2);

        var error = FishForMessage<Error>(one => one.LogSource.Contains("spec"));
        Assert.Same(cause, error.Cause);
        Assert.Equal("failed 1 of 2", error.Message.ToString());
        Assert.Contains("why", error.ToString());
    }

    [Fact]
    public void Failure_OfAnActor_IsLoggedByItsParent()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        var actor = Sys.ActorOf<Talker>("talker");

        actor.Tell(new InvalidOperationException("broken"));

        var error = FishForMessage<Error>(one => one.Cause is InvalidOperationException);
        Assert.Contains("broken", error.Message.ToString());
        Assert.Contains("talker", error.LogSource);
    }

    [Fact]
    public void Logger_NamedByConfiguration_IsInitializedAndGetsEvents()
    {
        var type = $"{typeof(CollectingLogger).FullName}, {typeof(CollectingLogger).Assembly.GetName().Name}";
        var system = ActorSystem.Create("logging", $"akka {{ loggers = [\"{type}\"], loglevel = WARNING }}");
        try
        {
            Logging.GetLogger(system, "spec").Warning("for the logger");
            Logging.GetLogger(system, "spec").Info("below its level");

            AwaitAssert(() => Assert.Contains(CollectingLogger.Seen, text => text.Contains("for the logger")));
            Assert.DoesNotContain(CollectingLogger.Seen, text => text.Contains("below its level"));
        }
        finally
        {
            Shutdown(system);
        }
    }

    private sealed class Talker : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Talker()
        {
            Receive<string>(text => _log.Info("said {0} {1}", text, 3));
            Receive<Exception>(exception => throw exception);
        }
    }

    public sealed class CollectingLogger : ReceiveActor
    {
        public CollectingLogger()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(one => Seen.Enqueue(one.ToString()));
        }

        internal static System.Collections.Concurrent.ConcurrentQueue<string> Seen { get; } = new();
    }
}
