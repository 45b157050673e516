using System.Runtime.InteropServices;

namespace ActorCompute;

/// <summary>
/// Half a surrogate pair is no Unicode text, but a string may hold one: JSON cannot. Such a string is written as its UTF-16
/// code units in Base64 behind a mark, and so is the rare string that begins with that mark itself.
/// </summary>
internal static class LoneSurrogates
{
    private const string Mark = "\0utf16:";

    public static string Escape(string text) =>
        IsPlain(text) ? text : Mark + Convert.ToBase64String(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <exception cref="FormatException">Behind the mark stands something else.</exception>
    public static string Unescape(string text)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal)) return text;
        var bytes = Convert.FromBase64String(text[Mark.Length..]);
        return bytes.Length % 2 == 0 ? new(MemoryMarshal.Cast<byte, char>(bytes)) : throw new FormatException("half a UTF-16 code unit.");
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] == Mark[0] && text.StartsWith(Mark, StringComparison.Ordinal)) return false;
        while (true)
        {
            var at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (at < 0) return true;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            text = text[(at + 2)..];
        }
    }
}
