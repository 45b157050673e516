namespace ActorCompute.Chaos.Support;

/// <summary>How long the chaos lasts: some seconds, or with ACTORCOMPUTE_CHAOS=full some minutes.</summary>
internal static class ChaosForm
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("ACTORCOMPUTE_CHAOS") == "full";

    /// <summary>While workers are killed.</summary>
    public static TimeSpan Killing => TimeSpan.FromSeconds(IsFull ? 60 : 8);

    /// <summary>While all cores are busy.</summary>
    public static TimeSpan Busy => TimeSpan.FromSeconds(IsFull ? 120 : 10);

    /// <summary>What is random depends on this alone; failures name it, and ACTORCOMPUTE_CHAOS_SEED repeats it.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("ACTORCOMPUTE_CHAOS_SEED"), out var seed) ? seed : Environment.TickCount & 0xFFFF;
}
