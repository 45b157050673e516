using ActorCompute.Cli.Output;
using ActorCompute.Hosting;
using ActorCompute.Kinds.Scan;

namespace ActorCompute.Cli.Running;

/// <summary>Answers a scan from the file's index, here and at once: no cluster, no job.</summary>
internal static class IndexAnswer
{
    /// <exception cref="InputException">The index has no such counts.</exception>
    public static async Task<int> WriteAsync(ParameterValues values, OutputFormat? format, string? outPath)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        var rows = IndexedReads.Of(values);
        try
        {
            if (outPath is null)
            {
                await using var output = AnswerWriters.StandardOutput();
                Write(format, output, !Console.IsOutputRedirected);
            }
            else
            {
                await using var file = AnswerFile.Create(outPath);
                Write(format ?? AnswerWriters.FormatOf(outPath), file.Writer, isTerminal: false);
                await file.CompleteAsync().ConfigureAwait(false);
            }
        }
        catch (IOException e) when (outPath is null && StandardOutputStream.IsReaderGone(e))
        {
            // `| head`: that is a way of saying enough.
        }

        return ExitCodes.Success;

        void Write(OutputFormat? asked, TextWriter output, bool isTerminal)
        {
            var writer = AnswerWriters.Create(asked, IndexedReads.Schema, output, isTerminal);
            foreach (var row in rows) writer.Row(row);
            writer.End(new("scan", 0, 0, TimeProvider.System.GetElapsedTime(startedAt), IsComplete: true, []));
        }
    }
}
