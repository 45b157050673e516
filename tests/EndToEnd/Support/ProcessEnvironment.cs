using ActorCompute.Kernels.Genomics;
using Xunit.Abstractions;

namespace ActorCompute.EndToEnd;

/// <summary>What the tests of a lane share: a cluster that none of them harms, and a BAM file that none of them changes.</summary>
public sealed class ProcessEnvironment(IMessageSink messages) : IAsyncLifetime
{
    private const long Reads = 400_000;

    // Held from the first lane's start to the last one's end.
    private static readonly SemaphoreSlim Gate = new(1);
    private static MachineLock? machineLock;
    private static int holders;

    private readonly TestFolder _folder = new();
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

    public async Task InitializeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            machineLock ??= await MachineLock.TakeAsync(messages);
            holders++;
        }
        finally
        {
            Gate.Release();
        }
    }

    public async Task DisposeAsync()
    {
        if (_local is not null) await _local.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
        _folder.Dispose();
        await Gate.WaitAsync();
        try
        {
            if (--holders > 0) return;
            machineLock?.Dispose();
            machineLock = null;
        }
        finally
        {
            Gate.Release();
        }
    }
}
