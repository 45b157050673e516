using System.Text.Json;

namespace ActorCompute;

/// <summary>
/// A value is more than its declared type says. Thrown while the serializer is at it, which adds the path to any
/// <see cref="NotSupportedException"/>; callers get an <see cref="InputException"/> with both.
/// </summary>
internal sealed class ValueRefusedException(string message) : NotSupportedException(message)
{
    private const string PathPrefix = " Path: $";

    /// <summary>What is said of a value that could not be written.</summary>
    public static InputException Describe(Type type, Exception error)
    {
        var name = TypeNames.Of(type);
        if (error is JsonException) return new($"{name} cannot travel: it refers to itself, or is nested deeper than 64; pass a flat list with indexes instead.", error);
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is ValueRefusedException refused) return new($"{PathOf(error, name)}: {refused.Message}", error);
        }

        return new($"{name} cannot travel: {error.Message}", error);
    }

    /// <summary>The root type and the way from there: <c>Zoo.Pets</c>.</summary>
    private static string PathOf(Exception error, string root)
    {
        var at = error.Message.LastIndexOf(PathPrefix, StringComparison.Ordinal);
        return at < 0 ? root : root + error.Message[(at + PathPrefix.Length)..].TrimEnd('.');
    }
}
