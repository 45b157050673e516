using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace ActorCompute.Kernels.Numbers;

/// <summary>Whole numbers as people write them on a command line.</summary>
/// <remarks>
/// <code>
/// number  = term { ("+" | "-") term }                     1e15+1e9   2^64-1
/// term    = digits "^" digits                             2^40
///         | digits ["." digits] ["e" ["+" | "-"] digits]  97   1e10   1.5e3   1500e-2
/// digits  = with "_" between any two of them, or "," between groups of three
/// </code>
/// Exact: nothing passes through floating point. Every term and the result are whole numbers, terms below 2^128.
/// </remarks>
public static class NumberText
{
    /// <summary>Far longer than any number in range; a longer text is refused unread.</summary>
    public const int MaximumLength = 200;

    private static readonly BigInteger TermLimit = BigInteger.One << 128;

    /// <summary>Reads a number from 0 to 2^64-1.</summary>
    /// <param name="text">What was written; white space around terms does not count.</param>
    /// <param name="value">The number; 0 when there is none.</param>
    /// <param name="reason">Why there is none, as the end of a sentence about the text: "is negative".</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out ulong value, [NotNullWhen(false)] out string? reason)
    {
        value = 0;
        if (string.IsNullOrWhiteSpace(text))
        {
            reason = "is empty: a whole number is needed, such as 97, 1e10 or 2^40";
            return false;
        }

        if (text.Length > MaximumLength)
        {
            reason = $"is longer than {MaximumLength} characters";
            return false;
        }

        // Nearly always, and without the arithmetic of numbers of any size, which takes longer to load than to do.
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            reason = null;
            return true;
        }

        if (!TryEvaluate(text, out var sum, out reason))
            return false;
        if (sum < 0)
        {
            reason = "is negative; the smallest number is 0";
            return false;
        }

        if (sum > ulong.MaxValue)
        {
            reason = TooLarge;
            return false;
        }

        value = (ulong)sum;
        return true;
    }

    private static readonly string TooLarge = $"is too large; the largest number is 2^64-1 = {ulong.MaxValue}";
    private const string NotANumber = "is not a number; write it like 97, 1_000_000, 1e10, 2^40 or 1e15+1e9";
    private const string NotAnInteger = "is not an integer";

    private static bool TryEvaluate(string text, out BigInteger sum, [NotNullWhen(false)] out string? reason)
    {
        sum = BigInteger.Zero;
        var sign = BigInteger.One;
        var rest = text.AsSpan().Trim();
        if (rest[0] is '+' or '-')
        {
            sign = rest[0] == '-' ? BigInteger.MinusOne : BigInteger.One;
            rest = rest[1..];
        }

        while (true)
        {
            var end = EndOfTerm(rest);
            if (!TryTerm(rest[..end].Trim(), out var term, out reason))
                return false;
            sum += sign * term;
            if (end == rest.Length)
                return true;
            sign = rest[end] == '-' ? BigInteger.MinusOne : BigInteger.One;
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>The next plus or minus that is not the sign of an exponent.</summary>
    private static int EndOfTerm(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '+' or '-' && (i == 0 || text[i - 1] is not ('e' or 'E')))
                return i;
        }

        return text.Length;
    }

    private static bool TryTerm(ReadOnlySpan<char> term, out BigInteger value, [NotNullWhen(false)] out string? reason)
    {
        var caret = term.IndexOf('^');
        if (caret < 0)
            return TryDecimal(term, out value, out reason);

        value = BigInteger.Zero;
        reason = NotANumber;
        return TryDigits(term[..caret], out var powerBase)
            && TryDigits(term[(caret + 1)..], out var exponent)
            && TryPower(powerBase, exponent, out value, out reason);
    }

    private static bool TryDecimal(ReadOnlySpan<char> term, out BigInteger value, [NotNullWhen(false)] out string? reason)
    {
        value = BigInteger.Zero;
        reason = NotANumber;

        var exponent = BigInteger.Zero;
        var mark = term.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            var written = term[(mark + 1)..];
            var negative = written.StartsWith("-");
            if (!TryDigits(negative || written.StartsWith("+") ? written[1..] : written, out exponent))
                return false;
            exponent = negative ? -exponent : exponent;
            term = term[..mark];
        }

        var mantissa = BigInteger.Zero;
        var point = term.IndexOf('.');
        if (point >= 0)
        {
            // The fraction's digits join the mantissa, so 1.5e3 is 15e2. A group separator has no place behind a point.
            var fraction = term[(point + 1)..];
            if (!TryDigits(term[..point], out mantissa) || fraction.Contains(',') || !TryDigits(fraction, out var digits))
                return false;
            var places = fraction.Length - fraction.Count('_');
            mantissa = mantissa * BigInteger.Pow(10, places) + digits;
            exponent -= places;
        }
        else if (!TryDigits(term, out mantissa))
        {
            return false;
        }

        return TryScale(mantissa, exponent, out value, out reason);
    }

    /// <summary>mantissa · 10^exponent; no power is computed that can only be out of range.</summary>
    private static bool TryScale(
        BigInteger mantissa, BigInteger exponent, out BigInteger value, [NotNullWhen(false)] out string? reason)
    {
        value = BigInteger.Zero;
        reason = null;
        if (mantissa.IsZero)
            return true;
        if (exponent >= 0)
        {
            if (!TryPower(10, exponent, out var scale, out reason))
                return false;
            value = mantissa * scale;
            reason = value >= TermLimit ? TooLarge : null;
            return reason is null;
        }

        // A mantissa has fewer digits than the text has characters, so it is no multiple of a larger power of ten.
        reason = NotAnInteger;
        if (exponent < -MaximumLength)
            return false;
        value = BigInteger.DivRem(mantissa, BigInteger.Pow(10, (int)-exponent), out var remainder);
        if (!remainder.IsZero)
            return false;
        reason = value >= TermLimit ? TooLarge : null;
        return reason is null;
    }

    private static bool TryPower(
        BigInteger powerBase, BigInteger exponent, out BigInteger value, [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        value = powerBase;
        if (exponent.IsZero)
            value = BigInteger.One;
        else if (powerBase <= 1)
            value = powerBase;
        else if (exponent >= 128 || powerBase >= TermLimit || (value = BigInteger.Pow(powerBase, (int)exponent)) >= TermLimit)
            reason = TooLarge;
        return reason is null;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out BigInteger value)
    {
        value = BigInteger.Zero;
        Span<char> digits = stackalloc char[MaximumLength];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
                digits[count++] = text[i];
            else if (!IsSeparator(text, i))
                return false;
        }

        return count > 0
            && BigInteger.TryParse(digits[..count], NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsSeparator(ReadOnlySpan<char> text, int i)
    {
        if (i == 0 || i == text.Length - 1)
            return false;
        if (text[i] == '_')
            return char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]);

        // 1,000,000 but not 1,5 or 1000,000: a comma stands after one to three digits and before groups of three.
        var before = text[..i];
        var after = text[(i + 1)..];
        var nextComma = after.IndexOf(',');
        return text[i] == ','
            && before.Length - (before.LastIndexOf(',') + 1) is >= 1 and <= 3
            && (nextComma >= 0 ? nextComma : after.Length) == 3
            && !text.Contains('_');
    }
}
