using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ActorCompute.Chaos.Functions;
using ActorCompute.Chaos.History;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Chaos.Jobs;

/// <summary>
/// Writes down what is seen on this side, is the client's log to hear of lost workers, and adds what the workers wrote into
/// the folder that their tasks were told.
/// </summary>
internal sealed class HistoryRecorder(string folder) : ILogger
{
    private readonly ConcurrentQueue<HistoryEvent> _events = new();

    /// <summary>The machine's monotonic clock, as the workers read it.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Where the tasks write.</summary>
    public string Folder { get; } = folder;

    public void Add(HistoryEvent what) => _events.Enqueue(what);

    /// <summary>All of it, so far.</summary>
    public IReadOnlyList<HistoryEvent> Read() => [.. _events, .. ReadWorkers()];

    /// <summary>Attempts that a process has begun and not finished, by its own account.</summary>
    public int Unfinished(int processId)
    {
        var all = ReadWorkers().ToList();
        return all.OfType<HistoryEvent.Started>().Count(what => what.ProcessId == processId) - all.OfType<HistoryEvent.Finished>().Count(what => what.ProcessId == processId);
    }

    public IEnumerable<HistoryEvent> ReadWorkers()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*.events"))
        {
            var process = int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var text = reader.ReadToEnd();
            // What stands behind the last line's end is being written.
            foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)) yield return Parse(line, process);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "WorkerLost" && state is IReadOnlyList<KeyValuePair<string, object?>> facts) Add(new HistoryEvent.Lost(Now, (string)facts.First(fact => fact.Key == "Worker").Value!));
    }

    private static HistoryEvent Parse(string line, int process)
    {
        var fields = line.Split(' ');
        var at = Stopwatch.GetElapsedTime(0, long.Parse(fields[1], CultureInfo.InvariantCulture));
        var (task, attempt) = (long.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture));
        return fields[0][0] switch
        {
            EventFile.Started => new HistoryEvent.Started(at, task, attempt, process),
            EventFile.Finished => new HistoryEvent.Finished(at, task, attempt, process),
            _ => throw new FormatException($"'{line}' is no event."),
        };
    }
}
