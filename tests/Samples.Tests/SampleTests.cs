using Xunit.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ActorCompute.Samples.Tests;

/// <summary>The one collection of all tests here: one after the other, under the machine's lock, on one cluster.</summary>
[CollectionDefinition(Name)]
public sealed class SampleTests : ICollectionFixture<SampleEnvironment>
{
    public const string Name = "samples";
}

/// <summary>What the tests share.</summary>
public sealed class SampleEnvironment(IMessageSink messages) : IAsyncLifetime
{
    private MachineLock? _lock;
    private ComputeCluster? _cluster;
    private PluginCluster? _plugins;
    private Task<PackedFolder>? _packed;
    private Task<ApiPrograms>? _programs;

    /// <summary>A cluster of two workers for the examples.</summary>
    internal async Task<ComputeCluster> ClusterAsync() => _cluster ??= await ComputeCluster.StartLocalAsync(new() { Workers = 2, StartTimeout = RunningProgram.Limit });

    /// <summary>A cluster that <c>actorcompute up</c> keeps, with the own kinds: commands on it need no start of their own.</summary>
    internal async Task<PluginCluster> PluginsAsync() => _plugins ??= await PluginCluster.StartAsync(OwnKindFolder.Path);

    /// <summary>The packages, made once.</summary>
    internal Task<PackedFolder> PackedAsync() => _packed ??= PackedFolder.PackAsync();

    /// <summary>The programs of docs/design/api.md, built with these once, all together.</summary>
    internal Task<ApiPrograms> ProgramsAsync() => _programs ??= ApiPrograms.BuildAsync(PackedAsync());

    public async Task InitializeAsync() => _lock = await MachineLock.TakeAsync(messages);

    public async Task DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        if (_plugins is not null) await _plugins.DisposeAsync();
        if (_packed is { IsCompletedSuccessfully: true, Result: var packed }) packed.Dispose();
        _lock?.Dispose();
    }
}
