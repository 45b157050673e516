namespace ActorCompute.Scheduling;

/// <summary>A client that is attached.</summary>
internal sealed record RegisteredClient<TPeer, TClient>(TPeer Client, TClient Info, ReadOnlyMemory<byte> Nonce, TimeSpan HeardAt);
