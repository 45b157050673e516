namespace ActorCompute.Client;

/// <summary>A worker process of a local cluster.</summary>
/// <param name="Name">Its name, from 1.</param>
/// <param name="ProcessId">Its process now; another after it died and was started again.</param>
public sealed record LocalWorker(string Name, int ProcessId);
