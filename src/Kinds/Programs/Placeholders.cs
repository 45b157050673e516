using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorCompute.Kinds.Programs;

/// <summary>The places in a command where an input goes, as GNU parallel has them. Pure; what is put in is not looked at again.</summary>
internal static partial class Placeholders
{
    /// <summary>Where the task's number goes.</summary>
    public const string Number = "{#}";

    /// <summary>Whether a text has one.</summary>
    public static bool AreIn(string text) => Pattern().IsMatch(text);

    /// <summary>Finds the placeholder that begins at an index; null if none does.</summary>
    public static string? At(string text, int index) => Pattern().Match(text, index) is { Success: true } match && match.Index == index ? match.Value : null;

    /// <summary>A text with everything put in.</summary>
    public static string Fill(string text, string input, long number) => Pattern().Replace(text, match => Value(match.Value, input, number));

    /// <summary>What is put in for a placeholder.</summary>
    public static string Value(string placeholder, string input, long number) => placeholder switch
    {
        "{}" => input,
        "{.}" => WithoutExtension(input),
        "{/}" => FileName(input),
        "{//}" => Folder(input),
        "{/.}" => WithoutExtension(FileName(input)),
        Number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(placeholder), placeholder, "not a placeholder"),
    };

    private static string FileName(string path) => path[(LastSeparator(path) + 1)..];

    private static string WithoutExtension(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > LastSeparator(path) ? path[..dot] : path;
    }

    // As dirname: separators at the end do not count, and without any it is this folder.
    private static string Folder(string path)
    {
        var end = path.Length;
        while (end > 1 && IsSeparator(path[end - 1])) end--;
        var separator = LastSeparator(path[..end]);
        if (separator < 0) return ".";
        while (separator > 0 && IsSeparator(path[separator - 1])) separator--;
        return separator == 0 ? path[..1] : path[..separator];
    }

    private static int LastSeparator(string path) => OperatingSystem.IsWindows() ? path.LastIndexOfAny(['/', '\\']) : path.LastIndexOf('/');

    private static bool IsSeparator(char letter) => letter == '/' || (letter == '\\' && OperatingSystem.IsWindows());

    [GeneratedRegex(@"\{(\.|/|//|/\.|#)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
