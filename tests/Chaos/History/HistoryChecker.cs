namespace ActorCompute.Chaos.History;

/// <summary>Holds a run's history against what was promised: nothing lost, nothing reported twice, nothing wrong, nothing left. Pure.</summary>
internal static class HistoryChecker
{
    // A run that went wrong altogether is understood from its first violations.
    private const int MostOfAKind = 5;

    public static HistoryFindings Check(IReadOnlyCollection<HistoryEvent> history, HistoryExpectation expected, HistoryRemains remains)
    {
        var events = history.OrderBy(what => what.At).ToList();
        var drawn = events.OfType<HistoryEvent.Drawn>().ToLookup(what => what.Task);
        var started = events.OfType<HistoryEvent.Started>().ToLookup(what => what.Task);
        var finished = events.OfType<HistoryEvent.Finished>().ToLookup(what => what.Task);
        var reported = events.OfType<HistoryEvent.Reported>().ToLookup(what => what.Task);
        var tasks = Enumerable.Range(0, expected.Values.Count).Select(task => (long)task).ToList();
        List<string> violations =
        [
            .. Some(tasks.Where(task => reported[task].Count() != 1).Select(task => $"task {task} was reported {reported[task].Count()} times, not once")),
            .. Some(Strangers("drawn", drawn).Concat(Strangers("started", started)).Concat(Strangers("finished", finished)).Concat(Strangers("reported", reported))),
            .. Some(drawn.Where(times => times.Count() > 1).Select(times => $"task {times.Key} was drawn {times.Count()} times")),
            .. Some(tasks.SelectMany(task => reported[task]).Select(WrongOutcome).OfType<string>()),
            .. Some(tasks.SelectMany(task => reported[task]).Where(IsMadeUp).Select(report => $"task {report.Task} was reported before any attempt had finished")),
            .. Some(AttemptsStartedTwice()),
            .. Some(finished.SelectMany(times => times).Where(end => !started[end.Task].Any(begin => (begin.Attempt, begin.ProcessId) == (end.Attempt, end.ProcessId) && begin.At <= end.At))
                .Select(end => $"attempt {end.Attempt} at task {end.Task} finished in process {end.ProcessId} and never started there")),
        ];
        var sum = events.OfType<HistoryEvent.Reported>().Where(report => report.Failure is null).Aggregate(Int128.Zero, (total, report) => total + report.Value);
        var right = tasks.Where(task => !expected.Failures.ContainsKey(task)).Aggregate(Int128.Zero, (total, task) => total + expected.Values[(int)task]);
        if (sum != right) violations.Add($"the sum is {sum}, not {right}");
        if (remains.BusySlots != 0) violations.Add($"{remains.BusySlots} slots are busy after the end");
        if (remains.Orphans.Count > 0) violations.Add($"processes {string.Join(", ", remains.Orphans)} are left");

        var blows = events.OfType<HistoryEvent.Struck>().ToList();
        return new(
            violations,
            [.. blows.Select(Detection).OfType<TimeSpan>()],
            [.. blows.Select(Recovery).OfType<TimeSpan>()],
            tasks.Count(task => started[task].Count() > 1),
            tasks.Count(task => finished[task].Count() > 1 || (reported[task].FirstOrDefault() is { } report && started[task].Any(begin => begin.At > report.At))));

        IEnumerable<string> Strangers<T>(string what, ILookup<long, T> byTask) =>
            byTask.Where(times => times.Key < 0 || times.Key >= tasks.Count).Select(times => $"task {times.Key} was {what}, which is none of the {tasks.Count}");

        string? WrongOutcome(HistoryEvent.Reported report)
        {
            if (expected.Failures.TryGetValue(report.Task, out var cause)) return report.Failure == cause ? null : $"task {report.Task} had to fail as {cause}, and {Describe(report)}";
            var value = expected.Values[(int)report.Task];
            return report.Failure is null && report.Value == value ? null : $"task {report.Task} had to give {value}, and {Describe(report)}";
        }

        bool IsMadeUp(HistoryEvent.Reported report) => report.Failure is null && !finished[report.Task].Any(end => end.At <= report.At);

        // Under one client an attempt's number is given once: two of the same would both count as the latest.
        IEnumerable<string> AttemptsStartedTwice()
        {
            var ends = events.OfType<HistoryEvent.ClientEnded>().Select(end => end.At).ToList();
            return events.OfType<HistoryEvent.Started>()
                .GroupBy(begin => (begin.Task, begin.Attempt, Client: ends.Count(end => end <= begin.At)))
                .Where(times => times.Count() > 1)
                .Select(times => $"attempt {times.Key.Attempt} at task {times.Key.Task} started {times.Count()} times");
        }

        TimeSpan? Detection(HistoryEvent.Struck blow)
        {
            var next = blows.FirstOrDefault(other => other.Worker == blow.Worker && other.At > blow.At)?.At ?? TimeSpan.MaxValue;
            var lost = events.OfType<HistoryEvent.Lost>().FirstOrDefault(what => what.Worker == blow.Worker && what.At >= blow.At && what.At < next);
            return lost?.At - blow.At;
        }

        TimeSpan? Recovery(HistoryEvent.Struck blow)
        {
            var interrupted = started.SelectMany(times => times)
                .Where(begin => begin.ProcessId == blow.ProcessId && begin.At <= blow.At && !finished[begin.Task].Any(end => (end.Attempt, end.ProcessId) == (begin.Attempt, begin.ProcessId) && end.At <= blow.At))
                .Select(begin => reported[begin.Task].FirstOrDefault())
                .OfType<HistoryEvent.Reported>()
                .Where(report => report.At > blow.At)
                .ToList();
            return interrupted.Count == 0 ? null : interrupted.Max(report => report.At) - blow.At;
        }
    }

    private static string Describe(HistoryEvent.Reported report) => report.Failure is { } cause ? $"failed as {cause}" : $"gave {report.Value}";

    private static IEnumerable<string> Some(IEnumerable<string> violations)
    {
        var all = violations.ToList();
        return all.Count <= MostOfAKind ? all : [.. all.Take(MostOfAKind), $"… {all.Count - MostOfAKind} more of this kind"];
    }
}
