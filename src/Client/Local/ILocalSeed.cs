using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Registry;

namespace ActorCompute.Client.Local;

/// <summary>The seed of a local cluster.</summary>
internal interface ILocalSeed
{
    /// <summary>Ends with its address, or with why there is none.</summary>
    Task<HostEndpoint> Started { get; }

    /// <summary>Ends with the seed within this process; null when it is a process of its own.</summary>
    Task<SeedNode>? Inside { get; }

    /// <summary>Ends when somebody who knows the secret told it to stop.</summary>
    Task ToldToStop { get; }

    /// <summary>What it said last; null if nothing.</summary>
    string? LastWords { get; }

    Task StopAsync();
}
