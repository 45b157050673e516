using System.Globalization;

namespace Akka.Event;

/// <summary>Publishes log events on a bus, if their level is on.</summary>
internal sealed class BusLogging(LoggingBus bus, LogSource source, ILogMessageFormatter formatter) : ILoggingAdapter
{
    public ILogMessageFormatter Formatter { get; } = formatter ?? InvariantFormatter.Instance;

    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);

    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);

    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);

    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= bus.LogLevel;

    public void Log(LogLevel logLevel, Exception cause, string format)
    {
        if (!IsEnabled(logLevel))
            return;
        bus.Publish(logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause, source.Source, source.Type, format),
            LogLevel.InfoLevel => new Info(cause, source.Source, source.Type, format),
            LogLevel.WarningLevel => new Warning(cause, source.Source, source.Type, format),
            _ => (LogEvent)new Error(cause, source.Source, source.Type, format),
        });
    }

    private sealed class InvariantFormatter : ILogMessageFormatter
    {
        public static readonly InvariantFormatter Instance = new();

        public string Format(string format, params object[] args) => string.Format(CultureInfo.InvariantCulture, format, args);

        public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
    }
}
