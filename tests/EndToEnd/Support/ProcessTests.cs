using ActorCompute.Client;
using ActorCompute.Kernels.Genomics;
using Xunit.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ActorCompute.EndToEnd;

/// <summary>The one collection of all tests here: one after the other, under the machine's lock.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessTests : ICollectionFixture<ProcessEnvironment>
{
    public const string Name = "processes";
}

/// <summary>What the tests share: the lock, a cluster that none of them harms, and a BAM file that none of them changes.</summary>
public sealed class ProcessEnvironment(IMessageSink messages) : IAsyncLifetime
{
    private const long Reads = 400_000;

    private readonly TestFolder _folder = new();
    private MachineLock? _lock;
    private TestCluster? _cluster;
    private ComputeCluster? _local;
    private SyntheticBamCounts? _counts;

    /// <summary>A BAM file with an index, whose counts are <see cref="Counts"/>: enough work for two workers.</summary>
    internal string BamFile => _folder.PathOf("sample.bam");

    internal SyntheticBamCounts Counts => _counts ??= SyntheticBam.Write(BamFile, Reads);

    /// <summary>A seed and two workers of a slot each.</summary>
    internal async Task<TestCluster> ClusterAsync() => _cluster ??= await TestCluster.StartAsync(workers: 2);

    /// <summary>A cluster of this process's own, of two workers with a slot each; functions of this assembly run on it.</summary>
    internal async Task<ComputeCluster> LocalAsync() => _local ??= await ComputeCluster.StartLocalAsync(new() { Workers = 2, Secret = TestCluster.Secret, StartTimeout = RunningProgram.Limit });

    public async Task InitializeAsync() => _lock = await MachineLock.TakeAsync(messages);

    public async Task DisposeAsync()
    {
        if (_local is not null) await _local.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
        _folder.Dispose();
        _lock?.Dispose();
    }
}
