namespace ActorCompute;

/// <summary>A sequence whose items are there once: to enumerate it again is refused, where it would wait for ever.</summary>
/// <param name="items">The items.</param>
/// <param name="what">What they are, for the message.</param>
internal sealed class SingleEnumeration<T>(IAsyncEnumerable<T> items, string what) : IAsyncEnumerable<T>
{
    private int _taken;

    /// <exception cref="InvalidOperationException">It was enumerated before.</exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _taken, 1) == 0
            ? items.GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException($"{what} can be enumerated once; keep them in a list to go through them again.");
}
