namespace ActorCompute;

/// <summary>Items that are there once: to enumerate them again is refused, where it would wait for ever.</summary>
internal struct Once
{
    private int _isTaken;

    /// <summary>They are enumerated now.</summary>
    /// <param name="what">What they are, for the message.</param>
    /// <exception cref="InvalidOperationException">They were before.</exception>
    public void Take(string what)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0) throw new InvalidOperationException($"{what} can be enumerated once; keep them in a list to go through them again.");
    }
}
