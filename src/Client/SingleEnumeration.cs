namespace ActorCompute;

/// <summary>A sequence whose items are there once: to enumerate it again is refused, where it would wait for ever.</summary>
/// <param name="items">The items.</param>
/// <param name="what">What they are, for the message.</param>
internal sealed class SingleEnumeration<T>(IAsyncEnumerable<T> items, string what) : IAsyncEnumerable<T>
{
    private Once _once;

    /// <exception cref="InvalidOperationException">It was enumerated before.</exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _once.Take(what);
        return items.GetAsyncEnumerator(cancellationToken);
    }
}
