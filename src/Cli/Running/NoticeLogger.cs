using Microsoft.Extensions.Logging;

namespace ActorCompute.Cli.Running;

/// <summary>What a person should see of the processes of a local cluster, out of all that the library logs.</summary>
internal sealed class NoticeLogger(Action<string> show) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == ClientLog.NoticeId) show(formatter(state, exception));
    }
}
