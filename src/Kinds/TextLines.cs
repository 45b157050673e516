using System.Text;

namespace ActorCompute.Kinds;

/// <summary>The lines of a text file that a person named.</summary>
internal static class TextLines
{
    /// <summary>The lines, one by one, without their ends.</summary>
    /// <exception cref="InputException">The file cannot be read, or a line is longer than that: it is no text file.</exception>
    public static IEnumerable<string> Read(string path, int longest)
    {
        using var reader = Open(path);
        for (var line = 1L; ReadLine(reader, path, line, longest) is { } text; line++) yield return text;
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "no such file." : e.Message)}", e);
        }
    }

    private static string? ReadLine(StreamReader reader, string path, long line, int longest)
    {
        try
        {
            var text = new StringBuilder();
            for (int next; (next = reader.Read()) >= 0;)
            {
                if (next == '\n') return text.ToString();
                if (text.Length >= longest) throw new InputException($"{path}, line {line}: longer than {longest} characters; is it a text file?");
                text.Append((char)next);
            }

            return text.Length > 0 ? text.ToString() : null;
        }
        catch (IOException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
