namespace ActorCompute.Simulation.World;

/// <summary>SplitMix64: the same numbers for the same seed, on every machine and in every release of .NET.</summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 up to, and without, 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From <paramref name="min"/> up to, and without, <paramref name="end"/>.</summary>
    public int Next(int min, int end) => min + (int)(NextUInt64() % (ulong)(end - min));

    public bool Chance(double probability) => NextDouble() < probability;

    public TimeSpan Between(TimeSpan min, TimeSpan max) => min + ((max - min) * NextDouble());

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(0, items.Count)];

    /// <summary>A source of its own, so that what one part draws does not change what another draws.</summary>
    public SimRandom Split() => new(NextUInt64());
}
