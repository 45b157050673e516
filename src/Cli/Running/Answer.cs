using ActorCompute.Cli.Output;

namespace ActorCompute.Cli.Running;

/// <summary>What a reduction gives, on its way to a person: rows to the writer, lines and notes to the display.</summary>
/// <param name="writer">Writes the rows.</param>
/// <param name="display">Shows lines and notes.</param>
/// <param name="isTerminal">Whether a person sees the rows where the display is: two cannot write to one screen.</param>
/// <param name="onRow">Sees each row as well.</param>
internal sealed class Answer(IAnswerWriter writer, ProgressDisplay display, bool isTerminal, Action<ResultRow>? onRow) : IResultSink<ResultRow>
{
    // A note for each of a million failures is no help.
    private const int MostNotes = 100;

    private readonly List<string> _notes = [];

    /// <summary>Whether a note said that something is missing.</summary>
    public bool IsIncomplete { get; private set; }

    public IReadOnlyList<string> Notes => _notes;

    public void Row(ResultRow row, TaskRun? run)
    {
        if (isTerminal && writer.WritesAtOnce) display.EndBar();
        else if (row.Line is { } line) display.Line(line);
        writer.Row(row);
        onRow?.Invoke(row);
    }

    public void Note(Note note)
    {
        IsIncomplete |= note.IsIncomplete;
        if (_notes.Count > MostNotes) return;
        var text = _notes.Count == MostNotes ? "further notes are left out" : note.Text;
        _notes.Add(text);
        display.Note((note.Severity == NoteSeverity.Error ? "error: " : "warning: ") + text);
    }

    public void End(JobSummary summary) => writer.End(summary);
}
