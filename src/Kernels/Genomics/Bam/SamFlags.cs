using System.Globalization;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The bits of a record's flags (SAM specification, section 1.4), and their names as <c>samtools flags</c> has them.
/// </summary>
public static class SamFlags
{
    public const ushort Paired = 0x1;
    public const ushort ProperPair = 0x2;
    public const ushort Unmapped = 0x4;
    public const ushort MateUnmapped = 0x8;
    public const ushort Reverse = 0x10;
    public const ushort MateReverse = 0x20;
    public const ushort Read1 = 0x40;
    public const ushort Read2 = 0x80;
    public const ushort Secondary = 0x100;
    public const ushort QualityFailed = 0x200;
    public const ushort Duplicate = 0x400;
    public const ushort Supplementary = 0x800;

    private static readonly string[] BitNames =
    [
        "PAIRED", "PROPER_PAIR", "UNMAP", "MUNMAP", "REVERSE", "MREVERSE", "READ1", "READ2", "SECONDARY", "QCFAIL", "DUP",
        "SUPPLEMENTARY",
    ];

    /// <summary>The names, lowest bit first.</summary>
    public static IReadOnlyList<string> Names => BitNames;

    /// <summary>
    /// Reads flags as samtools takes them: a number (2308, 0x904, 04404 in octal) or names joined by commas
    /// (UNMAP,SECONDARY,SUPPLEMENTARY), in any case of letters.
    /// </summary>
    /// <returns>0..65,535.</returns>
    /// <exception cref="SamFlagsException">Neither; the message says what would be right.</exception>
    public static ushort Parse(string text)
    {
        ushort flags = 0;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
            flags |= ParsePart(part, text);
        return flags;
    }

    private static ushort ParsePart(string part, string text)
    {
        if (part.Length == 0)
            throw new SamFlagsException(text, $"a name or number is missing. Names: {string.Join(',', BitNames)}.");
        if (char.IsAsciiDigit(part[0]) || part[0] is '-' or '+')
            return ParseNumber(part);

        var bit = Array.FindIndex(BitNames, name => name.Equals(part, StringComparison.OrdinalIgnoreCase));
        if (bit >= 0)
            return (ushort)(1 << bit);

        throw new SamFlagsException(text, $"there is no '{part}'. Names: {string.Join(',', BitNames)}.") { UnknownName = part };
    }

    private static ushort ParseNumber(string part)
    {
        var (digits, numberBase) = part switch
        {
            _ when part.StartsWith("0x", StringComparison.OrdinalIgnoreCase) => (part[2..], 16),
            ['0', _, ..] => (part[1..], 8),
            _ => (part, 10),
        };
        var value = 0;
        foreach (var digit in digits)
        {
            var number = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(CultureInfo.InvariantCulture), 16) : 99;
            value = number < numberBase ? value * numberBase + number : -1;
            if (value is < 0 or > ushort.MaxValue)
                break;
        }

        if (digits.Length == 0 || value is < 0 or > ushort.MaxValue)
        {
            throw new SamFlagsException(part, "not a number from 0 to 65535 "
                + "(decimal, hexadecimal with 0x before it, octal with 0 before it).");
        }

        return (ushort)value;
    }
}
