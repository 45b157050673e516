using System.Globalization;

namespace ActorCompute.Processes;

/// <summary>Sizes of memory as people write them.</summary>
public static class MemorySize
{
    /// <summary>The least that a worker can be limited to.</summary>
    public const long Least = 64L << 20;

    /// <summary>Reads <c>536870912</c>, <c>512M</c>, <c>512MiB</c>, <c>2G</c>: powers of 1024.</summary>
    /// <exception cref="InputException">It is no size, or less than an idle process takes.</exception>
    public static long Parse(string option, string text)
    {
        var digits = text.TrimEnd('i', 'B', 'b', 'K', 'k', 'M', 'm', 'G', 'g', 'T', 't');
        var unit = text[digits.Length..].ToUpperInvariant().TrimEnd('B').TrimEnd('I');
        var factor = unit switch { "" => 1L, "K" => 1L << 10, "M" => 1L << 20, "G" => 1L << 30, "T" => 1L << 40, _ => 0 };
        if (factor == 0 || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / factor)
        {
            throw new InputException($"{option} {text}: give bytes, or a number with K, M, G or T, for example 512M.");
        }

        var bytes = (long)(number * factor);
        return bytes >= Least ? bytes : throw new InputException($"{option} {text}: give at least 64M; an idle worker takes about 50 MB.");
    }
}
