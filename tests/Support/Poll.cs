using System.Diagnostics;

namespace ActorCompute.Support;

/// <summary>The one place where a test looks again and again, for what no event tells.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends when the condition holds.</summary>
    /// <param name="phase">What is waited for, for the message of a time-out.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="condition">Looked at every 50 ms.</param>
    /// <param name="describe">What was seen last, for the message.</param>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static Task UntilAsync(string phase, TimeSpan limit, Func<bool> condition, Func<string>? describe = null) =>
        UntilAsync(phase, limit, () => Task.FromResult(condition()), describe);

    /// <inheritdoc cref="UntilAsync(string,TimeSpan,Func{bool},Func{string})"/>
    public static async Task UntilAsync(string phase, TimeSpan limit, Func<Task<bool>> condition, Func<string>? describe = null)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(startedAt) > limit) throw new TimeoutException($"{phase}: not within {limit.TotalSeconds:F0} s. {describe?.Invoke()}");
            await Task.Delay(Interval, CancellationToken.None);
        }
    }
}
