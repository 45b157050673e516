using System.Globalization;
using System.Text;

namespace ActorCompute.Processes;

/// <summary>
/// Any text as letters, digits and few signs of ASCII: every other character becomes <c>%</c> and its four hexadecimal digits.
/// What <see cref="Uri"/> has for this takes a process several milliseconds to bring up, and a cluster waits for its children.
/// </summary>
internal static class LineEscape
{
    private const char Mark = '%';
    private const int Digits = 4;

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or ' ') escaped.Append(c);
            else escaped.Append(Mark).Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    /// <returns>The text, or null if a mark has no digits behind it.</returns>
    public static string? Unescape(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != Mark)
            {
                text.Append(escaped[i]);
                continue;
            }

            var value = 0;
            for (var end = i + Digits; i < end;)
            {
                if (++i == escaped.Length || !char.IsAsciiHexDigit(escaped[i])) return null;
                value = (value << 4) | (char.IsAsciiDigit(escaped[i]) ? escaped[i] - '0' : (escaped[i] | 0x20) - 'a' + 10);
            }

            text.Append((char)value);
        }

        return text.ToString();
    }
}
