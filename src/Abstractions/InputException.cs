namespace ActorCompute;

/// <summary>
/// An option, a parameter or an input is wrong: an <see cref="ArgumentException"/> whose message is for the person who gave it, what is wrong
/// and what to do, in a line.
/// </summary>
public sealed class InputException : ArgumentException
{
    /// <summary>Makes it.</summary>
    public InputException(string message) : base(message) { }

    /// <summary>Makes it with the error underneath.</summary>
    public InputException(string message, Exception inner) : base(message, inner) { }
}
