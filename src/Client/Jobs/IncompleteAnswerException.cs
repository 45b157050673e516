namespace ActorCompute.Client;

/// <summary>The answer of a job lacks something: tasks failed, a limit ended it, or its input was cut off. The rows that there are were given.</summary>
public sealed class IncompleteAnswerException : Exception
{
    internal IncompleteAnswerException(string kind, IReadOnlyList<Note> notes)
        : base(Text(kind, notes)) => Notes = notes;

    /// <summary>All that is to be known about the answer; those with <see cref="Note.IsIncomplete"/> say what is missing.</summary>
    public IReadOnlyList<Note> Notes { get; }

    private static string Text(string kind, IReadOnlyList<Note> notes)
    {
        var missing = notes.Where(note => note.IsIncomplete).ToList();
        return missing.Count == 1 ? $"the answer of '{kind}' is incomplete: {missing[0].Text}" : $"the answer of '{kind}' is incomplete in {missing.Count} places, the first: {missing[0].Text}";
    }
}
