using System.Text.RegularExpressions;

namespace ActorCompute.Kinds.Programs;

/// <summary>A command as a person could type it into a shell. Pure.</summary>
internal static partial class ShownCommand
{
    /// <summary>A word, in single quotes where the shell would otherwise make something else of it.</summary>
    public static string Quote(string word) => Harmless().IsMatch(word) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>Words with blanks between.</summary>
    public static string Of(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    [GeneratedRegex(@"^[A-Za-z0-9_@%+=:,./-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();
}
