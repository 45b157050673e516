namespace ActorCompute.Plugins;

/// <summary>The grammar of a kind's name: it is typed on a command line and travels.</summary>
internal static class KindName
{
    private const int Longest = 64;

    /// <summary>Lower-case letters, digits and hyphens, beginning with a letter.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= Longest } && char.IsAsciiLetterLower(name[0]) && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
