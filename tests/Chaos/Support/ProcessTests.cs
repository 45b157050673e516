using Xunit.Abstractions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ActorCompute.Chaos.Support;

/// <summary>The one collection of all tests here: one after the other, under the machine's lock.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessTests : ICollectionFixture<ProcessTests.Alone>
{
    public const string Name = "processes";

    /// <summary>Holds the lock.</summary>
    public sealed class Alone(IMessageSink messages) : IAsyncLifetime
    {
        private MachineLock? _lock;

        public async Task InitializeAsync() => _lock = await MachineLock.TakeAsync(messages);

        public Task DisposeAsync()
        {
            _lock?.Dispose();
            return Task.CompletedTask;
        }
    }
}
