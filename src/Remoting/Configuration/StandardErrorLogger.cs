using ActorCompute.Processes;
using ActorCompute.Remoting.Transport;
using Akka.Actor;
using Akka.Event;

namespace ActorCompute.Remoting;

/// <summary>Writes the log to standard error, a line an event; standard output belongs to answers.</summary>
/// <remarks>
/// Akka.NET logs every disconnect, at both ends and again with each try to connect: its events below Error are hidden unless
/// <see cref="EngineVariable"/> is set.
/// </remarks>
public sealed class StandardErrorLogger : UntypedActor
{
    /// <summary>The variable that, set to anything, shows Akka.NET's own events too.</summary>
    public const string EngineVariable = "ACTORCOMPUTE_ENGINE_LOG";

    private readonly bool _showsEngine = Environment.GetEnvironmentVariable(EngineVariable) is { Length: > 0 };

    protected override void OnReceive(object message)
    {
        if (message is InitializeLogger) Sender.Tell(new LoggerInitialized());
        else if (message is LogEvent log && (_showsEngine || IsOurs(log) || IsEngineError(log))) Write(log);
    }

    // Our actors live below the user guardian, and what supervision says of them names their path. The transport says whom it turned away.
    private static bool IsOurs(LogEvent log) =>
        log.LogSource.Contains("/user/", StringComparison.Ordinal) || log.LogSource.Contains(nameof(SocketTransport), StringComparison.Ordinal);

    // A connection that ends or cannot be made is an error to Akka.NET; here leases decide what it means.
    private static bool IsEngineError(LogEvent log) =>
        log.LogLevel() == LogLevel.ErrorLevel
        && log.Cause?.GetType().Name is not "EndpointDisassociatedException"
        && (log.Cause is null || Listening.SocketErrorOf(log.Cause) is null);

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
        // Akka.NET puts whole stack traces into messages; an event is one line here.
        var whole = $"{log.Message}{cause}";
        var end = whole.AsSpan().IndexOfAny('\r', '\n');
        var text = end < 0 ? whole : whole[..end];
        Console.Error.WriteLine($"{LogLine.Time(log.Timestamp)} {level} {log.LogSource}: {ShownText.Line(text)}");
    }
}
