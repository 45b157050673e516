namespace ActorCompute;

/// <summary>Something a person should know about an answer.</summary>
/// <param name="Text">One line.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="IsIncomplete">True when the answer lacks something because of it: the job then ends with exit status 1.</param>
public sealed record Note(string Text, NoteSeverity Severity = NoteSeverity.Warning, bool IsIncomplete = false)
{
    /// <summary>The note on a task that failed: its part of the answer is missing.</summary>
    public static Note OfFailure(string text) => new(text, NoteSeverity.Error, IsIncomplete: true);
}

/// <summary>How bad a note is.</summary>
public enum NoteSeverity
{
    /// <summary>The answer may be other than expected.</summary>
    Warning,

    /// <summary>A part of it could not be had.</summary>
    Error,
}
