namespace ActorCompute.Client.Tests;

/// <summary>The bound of every wait: far beyond what a test needs, so that only a hang meets it.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the event; a time-out says what was waited for.</summary>
    public static async Task<T> For<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Bound);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"waited {Bound.TotalSeconds:F0} s for {what}", e);
        }
    }

    /// <inheritdoc cref="For{T}"/>
    public static async Task For(Task task, string what)
    {
        try
        {
            await task.WaitAsync(Bound);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"waited {Bound.TotalSeconds:F0} s for {what}", e);
        }
    }
}
