using System.Globalization;
using ActorCompute.Chaos.Functions;

namespace ActorCompute.Chaos.Jobs;

/// <summary>What is computed under chaos: the squares of 1 to so many, each after a pause.</summary>
/// <param name="Tasks">How many.</param>
/// <param name="Pause">What each takes.</param>
internal sealed record ChaosJob(int Tasks, TimeSpan Pause)
{
    /// <summary>The task, by number from 0, that kills its process.</summary>
    public int? Kills { get; init; }

    /// <summary>The task that loops for ever.</summary>
    public int? Hangs { get; init; }

    /// <summary>The folder that workers load the function from.</summary>
    public static string Plugins { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Chaos.Functions", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))));

    /// <summary>Options for worker processes that can run it.</summary>
    public static IReadOnlyList<string> WorkerArguments { get; } = ["--plugins", Plugins];

    public Job Prepare(string events)
    {
        var values = new ParameterValues();
        foreach (var (name, value) in Parameters(events)) values.Add(name, value);
        return ((IJobKind)new SleepAndSquare()).Prepare(values);
    }

    /// <summary>The same as a command.</summary>
    public IReadOnlyList<string> Command(string events) =>
        ["run", "sleep-and-square", "--plugins", Plugins, .. Parameters(events).SelectMany(pair => pair.Name == "range" ? new[] { "--range", pair.Value } : ["--param", $"{pair.Name}={pair.Value}"])];

    private IEnumerable<(string Name, string Value)> Parameters(string events)
    {
        yield return ("range", string.Create(CultureInfo.InvariantCulture, $"1..{Tasks}"));
        yield return ("events", events);
        yield return ("ms", string.Create(CultureInfo.InvariantCulture, $"{Pause.TotalMilliseconds:F0}"));
        if (Kills is { } kills) yield return ("kills", string.Create(CultureInfo.InvariantCulture, $"{kills + 1}"));
        if (Hangs is { } hangs) yield return ("hangs", string.Create(CultureInfo.InvariantCulture, $"{hangs + 1}"));
    }
}
