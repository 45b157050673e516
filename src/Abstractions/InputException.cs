namespace ActorCompute;

/// <summary>The input is wrong. The message is for the person who gave it: what is wrong and what to do, in a line.</summary>
public sealed class InputException : Exception
{
    /// <summary>Makes it.</summary>
    public InputException(string message) : base(message) { }

    /// <summary>Makes it with the error underneath.</summary>
    public InputException(string message, Exception inner) : base(message, inner) { }
}
