using System.Globalization;
using ActorCompute.Chaos.History;
using ActorCompute.Chaos.Support;
using ActorCompute.Messages;
using Xunit.Abstractions;

namespace ActorCompute.Chaos.Jobs;

/// <summary>Prints what a scenario came to, and adds it as a line to <c>chaos-figures.tsv</c> beside the built tests.</summary>
internal sealed class ScenarioFigures(string scenario, ITestOutputHelper output)
{
    private const string Header = "scenario\tengine\tform\tseed\ttasks\tdetected\tdetect_max_s\trecovered\trecover_max_s\twhole_again_s\tstarted_again\trun_twice";

    /// <summary>How long it took to notice, where the client's log does not tell.</summary>
    public TimeSpan? Detected { get; set; }

    /// <summary>How long it took until the tasks that were hit had their outcome, where the blows do not tell.</summary>
    public TimeSpan? Recovered { get; set; }

    /// <summary>How long it took, from the end of the fault, until all was as before it.</summary>
    public TimeSpan? WholeAgain { get; set; }

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "chaos-figures.tsv");

    public void Write(int tasks, HistoryFindings findings)
    {
        List<TimeSpan> detected = [.. findings.Detected, .. Detected is { } once ? [once] : Array.Empty<TimeSpan>()];
        List<TimeSpan> recovered = [.. findings.Recovered, .. Recovered is { } then ? [then] : Array.Empty<TimeSpan>()];
        output.WriteLine($"{scenario}: {tasks} tasks; noticed {Text(detected)}; tasks redone {Text(recovered)}; whole again after {Text(WholeAgain)}; {findings.StartedAgain} tasks started again, {findings.RunTwice} run twice ({ChaosForm.Sown})");
        if (!File.Exists(Path)) File.WriteAllText(Path, Header + "\n");
        var form = ChaosForm.IsFull ? "full" : "short";
        File.AppendAllText(Path, string.Create(CultureInfo.InvariantCulture, $"{scenario}\t{BuildInfo.Engine}\t{form}\t{ChaosForm.Seed}\t{tasks}\t{detected.Count}\t{Most(detected)}\t{recovered.Count}\t{Most(recovered)}\t{Most(WholeAgain is { } whole ? [whole] : [])}\t{findings.StartedAgain}\t{findings.RunTwice}\n"));
    }

    private static string Text(List<TimeSpan> times) => times.Count == 0
        ? "nothing"
        : string.Create(CultureInfo.InvariantCulture, $"{times.Count} blows after a median of {times.Order().ElementAt(times.Count / 2).TotalSeconds:F2} s, at most {times.Max().TotalSeconds:F2} s");

    private static string Text(TimeSpan? time) => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:F2} s") : "-";

    private static string Most(List<TimeSpan> times) => times.Count == 0 ? "" : times.Max().TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);
}
