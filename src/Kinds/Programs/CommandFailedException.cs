namespace ActorCompute.Kinds.Programs;

/// <summary>A program exited with another status than 0, or a signal ended it. Its result is the report.</summary>
internal sealed class CommandFailedException(string program, CommandResult result)
    : ReportedException(Describe(program, result), CommandResultCodec.Instance.ToBytes(result))
{
    private const int MostLines = 3;
    private const int MostLetters = 500;

    /// <summary>How it ended, and the last lines of its standard error, in one.</summary>
    internal static string Describe(string program, CommandResult result)
    {
        var lines = result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var said = string.Join(" | ", lines.TakeLast(MostLines));
        if (said.Length > MostLetters) said = "…" + said[^MostLetters..];
        return $"{program} {result.End}{(said.Length > 0 ? $": {said}" : "")}";
    }
}
