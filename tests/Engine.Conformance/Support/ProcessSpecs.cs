using ActorCompute.Support;

namespace ActorCompute.Engine.Conformance.Support;

/// <summary>Specs that start processes: after all others, one after the other, and none beside those of another suite.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessSpecs : ICollectionFixture<ProcessSpecs.Alone>
{
    public const string Name = "processes";

    /// <summary>Holds the machine's lock.</summary>
    public sealed class Alone : IAsyncLifetime
    {
        private MachineLock _lock;

        public async Task InitializeAsync() => _lock = await MachineLock.TakeAsync();

        public Task DisposeAsync()
        {
            _lock?.Dispose();
            return Task.CompletedTask;
        }
    }
}
