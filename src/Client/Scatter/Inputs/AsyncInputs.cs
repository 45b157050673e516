using System.Collections;

namespace ActorCompute;

/// <summary>Inputs that are awaited.</summary>
public static class AsyncInputs
{
    /// <summary>
    /// Inputs of a map that come in their own time, as from a channel: <c>cluster.Map(F, channel.Reader.ReadAllAsync().AsInputs())</c>. The
    /// map awaits them, and tells them when it ends; enumerated by others they block.
    /// </summary>
    public static IEnumerable<T> AsInputs<T>(this IAsyncEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new AsyncInputs<T>(items);
    }
}

/// <inheritdoc cref="AsyncInputs"/>
internal sealed class AsyncInputs<T>(IAsyncEnumerable<T> items) : IEnumerable<T>
{
    public IAsyncEnumerable<T> Items { get; } = items;

    public IEnumerator<T> GetEnumerator() => Items.ToBlockingEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
