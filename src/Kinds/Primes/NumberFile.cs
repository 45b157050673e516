using ActorCompute.Kernels.Numbers;

namespace ActorCompute.Kinds.Primes;

/// <summary>A text file with a number on each line.</summary>
internal static class NumberFile
{
    // A line of a binary file can be as long as the file; a number is not.
    private const int LongestLine = 1000;

    /// <summary>As many numbers as were counted; what was written to the file since is not the job's.</summary>
    /// <exception cref="InputException">There are fewer: the file was changed meanwhile.</exception>
    public static IEnumerable<ulong> Read(string path, long counted, CancellationToken cancellation)
    {
        var read = 0L;
        foreach (var number in Read(path, cancellation))
        {
            if (read == counted) yield break;
            read++;
            yield return number;
        }

        if (read < counted) throw new InputException($"{path}: had {counted} numbers when the job was planned, and has {read} now; it was changed meanwhile.");
    }

    /// <summary>The numbers, one by one.</summary>
    /// <exception cref="InputException">The file cannot be read, or a line is no number; the message names the line.</exception>
    public static IEnumerable<ulong> Read(string path, CancellationToken cancellation)
    {
        var line = 0L;
        foreach (var text in TextLines.Read(path, LongestLine))
        {
            line++;
            cancellation.ThrowIfCancellationRequested();
            var comment = text.IndexOf('#', StringComparison.Ordinal);
            var number = (comment < 0 ? text : text[..comment]).Trim();
            if (number.Length == 0) continue;
            yield return NumberText.TryParse(number, out var value, out var reason)
                ? value
                : throw new InputException($"{path}, line {line}: '{number}' {reason}.");
        }
    }
}
