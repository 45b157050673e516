namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Numbers as samtools takes them in regions: thousands may be set off by commas, a decimal point and an exponent (1.5e6)
/// or one of k, M, G may follow; a fraction that is left over is dropped.
/// </summary>
internal static class GenomicPosition
{
    /// <summary>Stands for every number of 2^62 or more.</summary>
    public const long TooLarge = 1L << 62;

    private const int LargestExponent = 1000;

    /// <summary>Reads from the start of the text and leaves what follows; null when there is no number.</summary>
    public static long? Read(ref ReadOnlySpan<char> text)
    {
        var number = UInt128.Zero;
        var (at, digits, decimals, inFraction) = (0, 0, 0, false);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c))
            {
                number = Append(number, c - '0');
                digits++;
                decimals += inFraction ? 1 : 0;
            }
            else if (c == '.' && !inFraction)
            {
                inFraction = true;
            }
            else if (c != ',' || inFraction)
            {
                break;
            }
        }

        if (digits == 0)
            return null;
        text = text[at..];
        var exponent = ReadExponent(ref text) - decimals;
        for (; exponent > 0 && number > 0; exponent--)
            number = Append(number, 0);
        for (; exponent < 0 && number > 0; exponent++)
            number /= 10;
        return number < TooLarge ? (long)number : TooLarge;
    }

    // Once beyond TooLarge it stays there, short of an overflow; so does what a negative exponent makes smaller again.
    private static UInt128 Append(UInt128 number, int digit) =>
        number >= UInt128.One << 120 ? number : number * 10 + (UInt128)digit;

    private static int ReadExponent(ref ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        var exponent = char.ToUpperInvariant(text[0]) switch { 'K' => 3, 'M' => 6, 'G' => 9, 'E' => 0, _ => -1 };
        if (exponent < 0)
            return 0;
        var isE = text[0] is 'e' or 'E';
        text = text[1..];
        if (!isE)
            return exponent;

        var sign = 1;
        if (!text.IsEmpty && text[0] is '+' or '-')
        {
            sign = text[0] == '-' ? -1 : 1;
            text = text[1..];
        }

        for (; !text.IsEmpty && char.IsAsciiDigit(text[0]); text = text[1..])
            exponent = Math.Min(LargestExponent, exponent * 10 + text[0] - '0');
        return sign * exponent;
    }
}
