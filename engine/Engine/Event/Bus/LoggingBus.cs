using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Event;

/// <summary>An event bus by the class of the event that carries log events to loggers.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private static readonly LogLevel[] Levels = [LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel];

    private readonly List<IActorRef> _loggers = [];
    private StandardOutLogger _stdout;
    private LogLevel _stdoutLevel;
    private volatile int _level;

    internal LoggingBus()
    {
    }

    /// <summary>Events below it are not even published.</summary>
    public LogLevel LogLevel => (LogLevel)_level;

    /// <summary>Changes what the loggers get.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        lock (_loggers)
        {
            _level = (int)logLevel;
            foreach (var logger in _loggers)
            {
                Unsubscribe(logger);
                SubscribeFrom(logger, logLevel);
            }
        }
    }

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event) => @event.GetType();

    /// <summary>Until the loggers run, and again when they have ended, events go to the console.</summary>
    internal void StartStdoutLogger(Settings settings)
    {
        _stdout = new StandardOutLogger();
        _stdoutLevel = settings.StdoutLogLevel;
        _level = (int)_stdoutLevel;
        SubscribeFrom(_stdout, _stdoutLevel);
    }

    internal void StopStdoutLogger() => Unsubscribe(_stdout);

    /// <summary>Makes the configured loggers and waits until each has said it is ready.</summary>
    internal void StartLoggers(ActorSystemImpl system)
    {
        foreach (var name in system.Settings.Loggers)
        {
            var type = TypeNames.Resolve(name) ?? throw new ConfigurationException($"akka.loggers names '{name}', which cannot be loaded.");
            StartLogger(system, type);
        }
        SetLogLevel(system.Settings.LogLevel);
        Unsubscribe(_stdout);
    }

    internal void StopLoggers()
    {
        lock (_loggers)
        {
            if (_loggers.Count == 0)
                return;
            _level = (int)_stdoutLevel;
            SubscribeFrom(_stdout, _stdoutLevel);
            foreach (var logger in _loggers)
                Unsubscribe(logger);
            _loggers.Clear();
        }
    }

    internal void AddLogger(IActorRef logger)
    {
        lock (_loggers)
            _loggers.Add(logger);
    }

    private void StartLogger(ActorSystemImpl system, Type type)
    {
        var logger = system.SystemActorOf(Props.Create(type), $"log{_loggers.Count + 1}-{type.Name}");
        var answer = logger.Ask(new InitializeLogger(this), system.Settings.LoggerStartupTimeout);
        try
        {
            // The system's start has to wait: what it logs next must not be lost. Loggers run on threads of the engine's own.
            if (answer.GetAwaiter().GetResult() is not LoggerInitialized)
                throw new ConfigurationException($"The logger {type} answered InitializeLogger with something else than LoggerInitialized.");
        }
        catch (AskTimeoutException failure)
        {
            throw new ConfigurationException(
                $"The logger {type} did not answer InitializeLogger within {system.Settings.LoggerStartupTimeout} (akka.logger-startup-timeout).", failure);
        }
        AddLogger(logger);
    }

    private void SubscribeFrom(IActorRef logger, LogLevel lowest)
    {
        foreach (var level in Levels)
        {
            if (level >= lowest)
                Subscribe(logger, level.ClassFor());
        }
    }
}
