using System.Globalization;

namespace ActorCompute.Processes;

/// <summary>A line of a log: when, in UTC so that the logs of several machines go together, and what.</summary>
public static class LogLine
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // Of 0000-00-00T00:00:00.000Z.
    private const int TimeLength = 24;

    /// <summary>Now, and the text. A time that stands in the text already, behind who said it, comes to the front instead: <c>worker 1: TIME info …</c>.</summary>
    public static string Of(TimeProvider time, string text)
    {
        var behind = text.IndexOf(": ", StringComparison.Ordinal) + 2;
        if (behind >= 2 && text.Length > behind + TimeLength && IsTime(text.AsSpan(behind, TimeLength)))
        {
            return $"{text.AsSpan(behind, TimeLength)} {text.AsSpan(0, behind)}{text.AsSpan(behind + TimeLength).TrimStart()}";
        }

        return $"{Time(time.GetUtcNow())} {text}";
    }

    /// <summary>A moment as it stands in a log.</summary>
    public static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static bool IsTime(ReadOnlySpan<char> text) => DateTime.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
