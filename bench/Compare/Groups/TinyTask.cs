namespace ActorCompute.Compare.Groups;

/// <summary>The task of all peers: next to no work, so that what is measured is all the rest. Workers load this assembly and call it.</summary>
internal static class TinyTask
{
    public static long Square(long number) => number * number;

    /// <summary>The sum of the squares below a number, to see that no answer is missing.</summary>
    public static long SumBelow(long count) => (long)((Int128)(count - 1) * count * ((2 * count) - 1) / 6);
}
