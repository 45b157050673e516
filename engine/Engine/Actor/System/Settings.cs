using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The settings the core reads, as they stand when the system is made.</summary>
internal sealed class Settings
{
    public Settings(Config config)
    {
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout");
        Loggers = [.. config.GetStringList("akka.loggers")];
        LoggerStartupTimeout = config.GetTimeSpan("akka.logger-startup-timeout");
        LogLevel = Logging.LogLevelFor(config.GetString("akka.loglevel"));
        StdoutLogLevel = Logging.LogLevelFor(config.GetString("akka.stdout-loglevel"));
        LogDeadLetters = DeadLetterCount(config);
        LogDeadLettersDuringShutdown = config.GetBoolean("akka.log-dead-letters-during-shutdown");
        DebugUnhandledMessage = config.GetBoolean("akka.actor.debug.unhandled");
        RunByActorSystemTerminate = config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        GuardianStrategy = GuardianStrategyFrom(config.GetString("akka.actor.guardian-supervisor-strategy"));
    }

    public TimeSpan AskTimeout { get; }

    public string[] Loggers { get; }

    public TimeSpan LoggerStartupTimeout { get; }

    public LogLevel LogLevel { get; }

    public LogLevel StdoutLogLevel { get; }

    /// <summary>How many dead letters to log; 0: none.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    public bool DebugUnhandledMessage { get; }

    public bool RunByActorSystemTerminate { get; }

    public SupervisorStrategy GuardianStrategy { get; }

    private static int DeadLetterCount(Config config) => config.GetString("akka.log-dead-letters") switch
    {
        "on" or "true" or "yes" => int.MaxValue,
        "off" or "false" or "no" => 0,
        _ => config.GetInt("akka.log-dead-letters"),
    };

    private static SupervisorStrategy GuardianStrategyFrom(string name) => name.Split(',')[0].Trim() switch
    {
        "Akka.Actor.DefaultSupervisorStrategy" => SupervisorStrategy.DefaultStrategy,
        "Akka.Actor.StoppingSupervisorStrategy" => SupervisorStrategy.StoppingStrategy,
        _ => throw new ConfigurationException($"akka.actor.guardian-supervisor-strategy is '{name}'; it can be "
            + "Akka.Actor.DefaultSupervisorStrategy or Akka.Actor.StoppingSupervisorStrategy."),
    };
}
