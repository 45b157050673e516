using System.Globalization;

namespace ActorCompute;

/// <summary>Whole numbers from one to another, both included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last, if the steps meet it.</param>
/// <param name="Step">The distance, 1 or more.</param>
public readonly record struct WholeRange(long From, long To, long Step = 1)
{
    // Digits with one exponent, as people write a million: what a long holds, a decimal holds exactly.
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent | NumberStyles.AllowDecimalPoint;

    /// <summary>How many numbers: at most 2^63-1.</summary>
    public long Count => (long)Int128.Min(long.MaxValue, (((Int128)To - From) / Step) + 1);

    /// <summary>Reads <c>1..1e6</c>, <c>-5..5</c> or <c>0..100..10</c>.</summary>
    /// <exception cref="InputException">It is no such range.</exception>
    public static WholeRange Parse(string text)
    {
        var parts = text.Split("..");
        if (parts.Length is not (2 or 3)) throw new InputException($"'{text}' is no range; write A..B or A..B..STEP, for example 1..1e6.");
        var (from, to, step) = (Number(parts[0], text), Number(parts[1], text), parts.Length == 3 ? Number(parts[2], text) : 1);
        if (step < 1) throw new InputException($"'{text}': the step is {step}; it is at least 1.");
        return from <= to ? new(from, to, step) : throw new InputException($"'{text}': it ends before it begins; write the smaller number first.");
    }

    /// <summary>The numbers, one by one.</summary>
    public IEnumerable<long> Numbers()
    {
        for (var number = From; ; number += Step)
        {
            yield return number;
            if ((Int128)To - number < Step) yield break;
        }
    }

    private static long Number(string part, string text) =>
        decimal.TryParse(part.Replace("_", "", StringComparison.Ordinal), Style, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw new InputException($"'{text}': '{part}' is not a whole number between -2^63 and 2^63-1.");
}
