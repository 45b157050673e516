namespace ActorCompute.Messaging;

/// <summary>How much is sent in one repetition.</summary>
/// <param name="WarmUps">Repetitions before those that count: tiered compilation is through after some.</param>
internal sealed record Load(int WarmUps, int LocalTells, int RemoteTells, int LocalAsks, int RemoteAsks)
{
    // Each a quarter of a second to a second on a small machine.
    public static Load Full { get; } = new(4, 5_000_000, 1_000_000, 200_000, 10_000);

    public static Load Quick { get; } = new(1, 100_000, 20_000, 1_000, 200);
}
