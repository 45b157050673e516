namespace ActorCompute;

/// <summary>The answer of a job lacks something: tasks failed, a limit ended it, or its input was cut off. The rows that there are were given.</summary>
public sealed class IncompleteAnswerException : Exception
{
    internal IncompleteAnswerException(string kind, int missing, IReadOnlyList<Note> notes)
        : base(Text(kind, missing, notes)) => Notes = notes;

    /// <summary>What is to be known about the answer, the first thousand; those with <see cref="Note.IsIncomplete"/> say what is missing.</summary>
    public IReadOnlyList<Note> Notes { get; }

    private static string Text(string kind, int missing, IReadOnlyList<Note> notes)
    {
        var first = notes.FirstOrDefault(note => note.IsIncomplete)?.Text ?? "something failed";
        return missing == 1 ? $"the answer of '{kind}' is incomplete: {first}" : $"the answer of '{kind}' is incomplete in {missing} places, the first: {first}";
    }
}
