using System.Globalization;

namespace ActorCompute.Processes;

/// <summary>Lengths of time as people write them.</summary>
public static class Duration
{
    /// <summary>The longest time that is measured.</summary>
    public static readonly TimeSpan Longest = MeasuredTime.Longest;

    /// <summary>Reads <c>500ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c> or plain seconds.</summary>
    /// <exception cref="InputException">It is none, or it is not more than nothing.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var digits = text.TrimEnd("abcdefghijklmnopqrstuvwxyz".ToCharArray());
        var unit = text[digits.Length..];
        var factor = unit.Length == 0 ? 1 : SecondsOf(unit);
        if (factor == 0 || !double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            throw new InputException($"{option} {text}: give a time, for example 500ms, 1.5s, 2m or 1h.");
        }

        var seconds = number * factor;
        // Written so that NaN, which is read as a number, is refused too.
        if (seconds is not >= 0.001 || seconds > Longest.TotalSeconds) throw new InputException($"{option} {text}: give 1ms to {Longest.TotalDays:F0}d.");
        return TimeSpan.FromSeconds(seconds);
    }

    private static double SecondsOf(string unit) => unit switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" or "min" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => 0,
    };
}
