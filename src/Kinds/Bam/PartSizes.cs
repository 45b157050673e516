namespace ActorCompute.Kinds.Bam;

/// <summary>
/// How many compressed bytes a part has: a share of what is still to come, so that parts get smaller towards the end of the
/// file and all workers end together, whatever their number and pace.
/// </summary>
internal static class PartSizes
{
    // Some 25 ms of inflating: short enough to spread, long enough that reading is sequential and sending costs nothing.
    private const long Largest = 8 << 20;

    // Some 3 ms: what a worker may be behind another at the end. Each cut costs a block that is inflated twice, 60 µs.
    private const long Smallest = 1 << 20;

    private const int Share = 32;

    /// <param name="left">The bytes from where the part begins to the end of the file.</param>
    public static long At(long left) => Math.Clamp(left / Share, Smallest, Largest);
}
