namespace ActorCompute;

/// <summary>Whether what a function takes and gives arrives as it was sent; asked before anything is.</summary>
internal static class FunctionValues
{
    /// <summary>Why the function cannot be called on a worker, naming type, member and the way out; null if it can.</summary>
    /// <param name="function">Its name, for a person.</param>
    /// <param name="input">How its argument travels; a codec of its own is its own affair.</param>
    /// <param name="result">How its result does.</param>
    public static string? Refusal<TInput, TResult>(string function, ICodec<TInput> input, ICodec<TResult> result)
    {
        if (input is ValueCodec<TInput> && ValueCodec<TInput>.Refusal is { } argument) return Sentence(function, "argument", argument);
        return result is ValueCodec<TResult> && ValueCodec<TResult>.Refusal is { } given ? Sentence(function, "result", given) : null;
    }

    /// <summary>A result came that cannot be read.</summary>
    public static FormatException Unreadable(string function, Exception error) => new($"the result of {function} cannot be read: {error.Message}", error);

    private static string Sentence(string function, string part, string why) => $"{function} cannot be called on a worker, its {part} cannot travel: {why}.";
}
