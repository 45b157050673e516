using System.Globalization;

namespace ActorCompute.Cli.Output;

/// <summary>What programs wrote, as it is: that of each in one piece, its standard error to standard error.</summary>
internal sealed class RawAnswerWriter(Stream output, ProgressDisplay display, string noun) : IAnswerWriter
{
    public bool WritesAtOnce => true;

    public void Row(ResultRow row)
    {
        output.Write(row.Output.Span);
        display.PassOn(row.Error);
    }

    public void End(JobSummary summary)
    {
        output.Flush();
        var failed = summary.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {summary.Failed:N0} failed") : "";
        display.Summary(string.Create(CultureInfo.InvariantCulture, $"{summary.Done + summary.Failed:N0} {noun}s{failed}, {summary.Elapsed.TotalSeconds:F2} s"));
    }
}
