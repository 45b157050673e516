using ActorCompute.Cli.Output;
using ActorCompute.Kinds.Scan;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Running;

/// <summary>Answers a scan from the file's index, here and at once: no cluster, no job.</summary>
internal static class IndexAnswer
{
    /// <exception cref="InputException">The index has no such counts.</exception>
    public static async Task<int> WriteAsync(ParameterValues values, OutputFormat? format, string? outPath)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        var (rows, files) = IndexedReads.Of(values);
        var place = outPath is null ? null : AnswerPlace.Of(outPath, format, files);
        try
        {
            await using var file = place is null ? AnswerFile.StandardOutput() : AnswerFile.Create(place);
            var writer = AnswerWriters.Create(place?.Format ?? format, IndexedReads.Schema, file.Writer, file.IsTerminal);
            foreach (var row in rows) writer.Row(row);
            writer.End(new("scan", 0, 0, TimeProvider.System.GetElapsedTime(startedAt), IsComplete: true, []));
            await file.CompleteAsync().ConfigureAwait(false);
        }
        catch (IOException e) when (place is null or { IsStream: true } && StandardOutputStream.IsReaderGone(e))
        {
            // `| head`: that is a way of saying enough.
        }

        return ExitCodes.Success;
    }
}
