namespace ActorCompute.Kernels.Numbers;

/// <summary>Fibonacci numbers by the definition, which takes a number of calls that grows as they do: a way to burn CPU time.</summary>
public static class Fibonacci
{
    /// <summary>The largest n accepted: some 40 billion calls, a minute or two.</summary>
    public const int Largest = 50;

    // Below it a subtree takes some 30 µs: so the token is looked at often, and that costs nothing.
    private const int Uninterrupted = 20;

    /// <summary>fib(n), with fib(0) = 0 and fib(1) = 1, by naive recursion.</summary>
    /// <param name="n">0..<see cref="Largest"/>.</param>
    /// <param name="cancellation">Looked at all the time.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static long Recursive(int n, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, Largest);
        return Interruptible(n, cancellation);
    }

    private static long Interruptible(int n, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return n <= Uninterrupted ? Plain(n) : Interruptible(n - 1, cancellation) + Interruptible(n - 2, cancellation);
    }

    private static long Plain(int n) => n < 2 ? n : Plain(n - 1) + Plain(n - 2);
}
