using System.Globalization;

namespace ActorCompute;

/// <summary>One resource as people write it.</summary>
internal static class ResourceText
{
    // From the largest, so that the shortest text is found first.
    private static readonly (string Unit, int Shift)[] Units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];

    /// <exception cref="InputException">It is not NAME=AMOUNT.</exception>
    public static KeyValuePair<string, long> Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1) throw Mistake(text);
        return new(text[..equals], AmountOf(text[(equals + 1)..]) ?? throw Mistake(text));
    }

    /// <summary>An amount of a thousand units or more that divides evenly is shown with its unit.</summary>
    public static string Of(string name, long amount)
    {
        foreach (var (unit, shift) in Units)
        {
            // A count of 1024 or so is more often of things than of bytes.
            if (shift > 10 && amount >> shift > 0 && amount % (1L << shift) == 0) return string.Create(CultureInfo.InvariantCulture, $"{name}={amount >> shift}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{name}={amount}");
    }

    private static long? AmountOf(string text)
    {
        var shift = 0;
        foreach (var (unit, bits) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            (text, shift) = (text[..^unit.Length], bits);
            break;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= long.MaxValue >> shift ? number << shift : null;
    }

    private static InputException Mistake(string text) => new($"'{text}' is not NAME=AMOUNT; give a whole number above 0, or bytes with KiB, MiB, GiB or TiB: gpu=2, mem=64GiB.");
}
