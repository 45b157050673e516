using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Numbers with units, and the words for true and false.</summary>
internal static class HoconUnits
{
    /// <summary>"200ms", "5 s", "1.5 minutes"; a bare number is milliseconds. Null if it is none of these.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        if (!TrySplit(text, out var number, out var unit))
            return null;
        double? ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => null,
        };
        var total = number * ticks;
        return total is { } value && Math.Abs(value) < long.MaxValue ? TimeSpan.FromTicks((long)Math.Round(value)) : null;
    }

    /// <summary>"128000b", "256kB" (1000), "4MiB" or "4M" (1024); a bare number is bytes. Null if it is none of these.</summary>
    public static long? ParseByteSize(string text)
    {
        if (!TrySplit(text, out var number, out var unit))
            return null;
        double? factor = unit switch
        {
            "" or "b" or "B" or "byte" or "bytes" => 1,
            "kB" or "kilobyte" or "kilobytes" => 1e3,
            "MB" or "megabyte" or "megabytes" => 1e6,
            "GB" or "gigabyte" or "gigabytes" => 1e9,
            "TB" or "terabyte" or "terabytes" => 1e12,
            "k" or "K" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
            "m" or "M" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
            "g" or "G" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
            "t" or "T" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
            _ => null,
        };
        var total = number * factor;
        return total is { } value && Math.Abs(value) < long.MaxValue ? (long)value : null;
    }

    public static bool? ParseBoolean(string text) => text switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => null,
    };

    private static bool TrySplit(string text, out double number, out string unit)
    {
        var end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1]))
            end--;
        unit = text[end..];
        return double.TryParse(text.AsSpan(0, end).Trim(), NumberStyles.Float & ~NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number);
    }
}
