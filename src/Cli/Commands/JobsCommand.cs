using System.CommandLine;
using ActorCompute.Cli.Output;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Commands;

/// <summary><c>jobs DIR</c>: the journals of a folder, and how their jobs stand.</summary>
internal static class JobsCommand
{
    private const int LongestParameters = 80;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A journal's folder, or one with such folders in it." };
        var format = new Option<OutputFormat?>("--format") { Description = "How the list is written; the default is table on a terminal and tsv elsewhere." };
        var command = new Command("jobs", "List journalled jobs and how they stand.") { folder, format };
        command.SetAction((parsed, cancellation) =>
        {
            try
            {
                return Task.FromResult(List(parsed.GetValue(folder)!, parsed.GetValue(format), cancellation));
            }
            catch (JournalException e)
            {
                return Task.FromResult(CommandLine.Fail(e.Message, ExitCodes.BadInput));
            }
            catch (IOException e) when (StandardOutputStream.IsReaderGone(e))
            {
                // `| head`: that is a way of saying enough.
                return Task.FromResult(ExitCodes.Success);
            }
        });
        return command;
    }

    private static int List(string folder, OutputFormat? format, CancellationToken cancellation)
    {
        var folders = JournalReport.FoldersIn(folder).ToList();
        var schema = new ResultSchema([new("journal"), new("kind"), new("parameters"), new("started"), new("done"), new("failed"), new("total"), new("state")]) { TaskNoun = "journal" };
        using var output = AnswerWriters.StandardOutput();
        var writer = AnswerWriters.Create(format, schema, output, !Console.IsOutputRedirected);
        var problems = new List<string>();
        foreach (var path in folders)
        {
            var report = JournalReport.Read(path, cancellation);
            if (report.Problem is { } problem) problems.Add($"{path}: {problem}");
            // As text: the JSON of an answer has no times, and every other format shows the same.
            var started = report.StartedAt?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
            writer.Row(new([path, report.Kind, Parameters(report.Values), started, report.Done, report.Failed, report.Total, report.State.ToString().ToLowerInvariant()], null));
        }

        writer.End(new("jobs", folders.Count - problems.Count, problems.Count, TimeSpan.Zero, problems.Count == 0, problems));
        foreach (var problem in problems) Console.Error.WriteLine($"warning: {problem}");
        return problems.Count == 0 ? ExitCodes.Success : ExitCodes.SomeFailed;
    }

    private static string Parameters(ParameterValues values)
    {
        var text = string.Join(' ', values.Names.SelectMany(name => values.All(name).Take(3).Select(value => $"{name}={value}")
            .Concat(values.All(name).Count > 3 ? [$"(and {values.All(name).Count - 3} more)"] : [])));
        return text.Length <= LongestParameters ? text : text[..LongestParameters] + "…";
    }
}
