namespace ActorCompute.Chaos.Support;

/// <summary>How long the chaos lasts: some seconds, or with ACTORCOMPUTE_CHAOS=full some minutes.</summary>
internal static class ChaosForm
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("ACTORCOMPUTE_CHAOS") == "full";

    /// <summary>While workers are killed.</summary>
    public static TimeSpan Killing => TimeSpan.FromSeconds(IsFull ? 60 : 5);

    /// <summary>While all cores are busy.</summary>
    public static TimeSpan Busy => TimeSpan.FromSeconds(IsFull ? 120 : 4);

    /// <summary>While a worker stands still or cannot be reached: longer than its lease of 5 s.</summary>
    public static TimeSpan Silence => TimeSpan.FromSeconds(IsFull ? 8 : 6.5);

    /// <summary>What is random depends on this alone; failures name it, and ACTORCOMPUTE_CHAOS_SEED repeats it.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("ACTORCOMPUTE_CHAOS_SEED"), out var seed) ? seed : Environment.TickCount & 0xFFFF;

    /// <summary>For the message of a failure.</summary>
    public static string Sown => $"ACTORCOMPUTE_CHAOS_SEED={Seed}";
}
