namespace ActorCompute;

/// <summary>There is no cluster to run on: no seed answers, it refuses, or no worker has registered in time.</summary>
public sealed class ClusterUnavailableException(string message) : Exception(message);
