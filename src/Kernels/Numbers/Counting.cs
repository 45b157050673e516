namespace ActorCompute.Kernels.Numbers;

/// <summary>A loop that does nothing else and cannot be interrupted: what a task looks like that ignores its token.</summary>
public static class Counting
{
    /// <summary>Counts from 0 to n, one by one.</summary>
    /// <param name="n">0 or more; a billion takes some seconds.</param>
    /// <returns>n.</returns>
    public static long To(long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var counted = 0L;
        // Read from memory each time, so that no compiler can leave the loop out.
        var step = 1L;
        while (counted < n)
            counted += Volatile.Read(ref step);
        return counted;
    }
}
