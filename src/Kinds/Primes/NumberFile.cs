using ActorCompute.Kernels.Numbers;

namespace ActorCompute.Kinds.Primes;

/// <summary>A text file with a number on each line.</summary>
internal static class NumberFile
{
    // A line of a binary file can be as long as the file; a number is not.
    private const int LongestLine = 1000;

    /// <summary>The numbers, one by one.</summary>
    /// <exception cref="InputException">The file cannot be read, or a line is no number; the message names the line.</exception>
    public static IEnumerable<ulong> Read(string path, CancellationToken cancellation)
    {
        using var reader = Open(path);
        var line = 0L;
        while (ReadLine(reader, path, line) is { } text)
        {
            line++;
            cancellation.ThrowIfCancellationRequested();
            var comment = text.IndexOf('#');
            var number = (comment < 0 ? text : text[..comment]).Trim();
            if (number.Length == 0) continue;
            yield return NumberText.TryParse(number, out var value, out var reason)
                ? value
                : throw new InputException($"{path}, line {line}: '{number}' {reason}.");
        }
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

    private static string? ReadLine(StreamReader reader, string path, long line)
    {
        try
        {
            var text = new System.Text.StringBuilder();
            for (int next; (next = reader.Read()) >= 0;)
            {
                if (next == '\n') return text.ToString();
                if (text.Length >= LongestLine) throw new InputException($"{path}, line {line + 1}: longer than {LongestLine} characters; is it a text file with a number on each line?");
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
