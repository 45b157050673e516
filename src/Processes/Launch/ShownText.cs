using System.Globalization;
using System.Text;

namespace ActorCompute.Processes;

/// <summary>
/// Text that came from outside (another process, a file, a user's function) as it may be shown: what would move a terminal's cursor,
/// clear it, or turn the direction of writing is made visible instead.
/// </summary>
public static class ShownText
{
    // Parts of words in some scripts.
    private const char NonJoiner = '\u200C';
    private const char Joiner = '\u200D';

    /// <summary>The text, with every such character as <c>\x1B</c> or <c>\u202E</c>, and ends of lines as blanks.</summary>
    public static string Line(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (first < 0) return text;
        var shown = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') continue;
            if (c is '\r' or '\n' or '\t') shown.Append(' ');
            else if (!IsHarmful(text, i)) shown.Append(c);
            else if (c <= 0xFF) shown.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return shown.ToString();
    }

    // Controls, marks of direction, separators of lines, and halves of pairs.
    private static bool IsHarmful(string text, int index) =>
        (text[index] is not (Joiner or NonJoiner) && CharUnicodeInfo.GetUnicodeCategory(text, index) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        || (char.IsSurrogate(text[index]) && !IsInPair(text, index));

    private static bool IsInPair(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);
}
