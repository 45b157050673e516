using System.Globalization;
using Akka.Actor;
using Akka.Event;

namespace ActorCompute.Hosting;

/// <summary>Writes the engine's log to standard error, a line an event; standard output belongs to answers.</summary>
public sealed class StandardErrorLogger : ReceiveActor
{
    public StandardErrorLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    /// <summary>The engine puts whole stack traces into messages; an event is one line here.</summary>
    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }

    private static void Write(LogEvent log)
    {
        var level = log.LogLevel() switch
        {
            LogLevel.ErrorLevel => "error",
            LogLevel.WarningLevel => "warning",
            LogLevel.InfoLevel => "info",
            _ => "debug",
        };
        var cause = log.Cause is null ? "" : $": {log.Cause.GetType().Name}: {log.Cause.Message}";
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{log.Timestamp:HH:mm:ss.fff} {level} {log.LogSource}: {FirstLine($"{log.Message}{cause}")}"));
    }
}
