namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The random number generator SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every platform and in every
/// version of the runtime, which <see cref="Random"/> does not promise.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>0 up to, and without, the bound; the bias of 2^-64 × bound does not matter here.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>True that many times in a thousand.</summary>
    public bool PerThousand(int times) => Below(1000) < times;
}
