using System.Text;

namespace ActorCompute;

/// <summary>Reads the lines of a text, but never more than a bound of one into memory: a binary file may have no line ends.</summary>
internal static class BoundedLine
{
    /// <summary>The next line without its end, which is LF, or CR and LF; null at the end of the text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="longest">Characters of the longest line.</param>
    /// <param name="endsAtReturn">Whether CR alone ends a line too, as for <see cref="TextReader.ReadLine"/>.</param>
    /// <param name="tooLong">Makes the exception for a line that is longer.</param>
    public static string? Read(TextReader reader, int longest, bool endsAtReturn, Func<Exception> tooLong)
    {
        var line = new StringBuilder();
        for (int next; (next = reader.Read()) >= 0;)
        {
            if (next == '\n') return WithoutReturn(line);
            if (next == '\r' && endsAtReturn)
            {
                if (reader.Peek() == '\n') reader.Read();
                return line.ToString();
            }

            if (line.Length == longest) throw tooLong();
            line.Append((char)next);
        }

        return line.Length > 0 ? WithoutReturn(line) : null;
    }

    private static string WithoutReturn(StringBuilder line)
    {
        if (line.Length > 0 && line[^1] == '\r') line.Length--;
        return line.ToString();
    }
}
