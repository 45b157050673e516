using Xunit.Abstractions;

namespace ActorCompute.EndToEnd;

/// <summary>
/// The collections of the tests here. Each lane runs one test after the other, beside the other lanes: a test mostly waits for
/// processes. Each has an environment of its own; all are under the machine's one lock.
/// </summary>
public static class Lane
{
    /// <summary>Seeds, workers and clients as processes, and functions on them.</summary>
    public const string Clusters = "clusters";

    /// <summary>What goes wrong and what is kept: faults, journals; and primes.</summary>
    public const string Faults = "faults";

    /// <summary>What is typed and what is read: commands and BAM files.</summary>
    public const string Commands = "commands";

    /// <summary>Looks at what the whole test process does: beside nothing else.</summary>
    public const string Alone = "alone";

    [CollectionDefinition(Clusters)]
    public sealed class ClusterTests : ICollectionFixture<ProcessEnvironment>;

    [CollectionDefinition(Faults)]
    public sealed class FaultTests : ICollectionFixture<ProcessEnvironment>;

    [CollectionDefinition(Commands)]
    public sealed class CommandTests : ICollectionFixture<ProcessEnvironment>;

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneTests : ICollectionFixture<ProcessEnvironment>;
}
