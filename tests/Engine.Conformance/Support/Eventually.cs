namespace ActorCompute.Engine.Conformance.Support;

/// <summary>The one place that asks again and again: for what cannot be awaited because the question itself may get lost.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The first result that is not null.</summary>
    public static async Task<T> Get<T>(Func<Task<T>> attempt, string phase)
        where T : class
    {
        using var limit = new CancellationTokenSource(Mail.Patience);
        while (true)
        {
            if (await attempt() is { } result)
                return result;
            try
            {
                await Task.Delay(Pause, limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{phase}: not within {Mail.Patience}");
            }
        }
    }

    public static Task True(Func<bool> condition, string phase) =>
        Get(() => Task.FromResult(condition() ? phase : null), phase);
}
