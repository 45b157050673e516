using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace ActorCompute.Hosting.Tests;

/// <summary>A cluster that starts and stops with its host, of real processes: under the machine's lock.</summary>
public sealed class HostTests(MachineTurn turn) : IClassFixture<MachineTurn>
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Host_StartUseStop_HasTheClusterFromBeginningToEndAndLeavesNoProcess()
    {
        var log = new Messages();
        var builder = OptionsTests.Builder(("ComputeCluster:Workers", "1"));
        builder.Logging.AddProvider(log);
        builder.Services.AddHostedService<Early>().AddComputeCluster(Slowly).AddHostedService<User>();
        using var host = builder.Build();
        var early = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<ComputeCluster>);
        Assert.Contains(nameof(ComputeClusterAccessor), early.Message, StringComparison.Ordinal);
        Assert.Equal((HealthStatus.Unhealthy, "the cluster has not started yet."), await HealthAsync(host));

        await host.StartAsync();
        var cluster = host.Services.GetRequiredService<ComputeCluster>();
        var worker = Assert.Single(cluster.Workers).ProcessId;
        Assert.Equal(81, await host.Services.GetServices<IHostedService>().OfType<User>().Single().Squared);
        Assert.Equal(144, await cluster.Submit(Square, 12L));
        Assert.Same(cluster, await host.Services.GetRequiredService<ComputeClusterAccessor>().GetAsync());
        var (status, description) = await HealthAsync(host);
        Assert.True(status == HealthStatus.Healthy, description);
        Assert.NotEqual(Environment.ProcessId, await cluster.Submit(ProcessId, 0));

        // Submitted and not awaited: finished before the cluster is left.
        var last = cluster.Submit(Square, 13L);
        await host.StopAsync();
        Assert.Equal(169, await last);
        Assert.False(ProcessTable.IsAlive(worker));
        Assert.Throws<InvalidOperationException>(() => { cluster.Submit(Square, 1L); });
        Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync(host)).Status);
        Assert.Contains(log.Texts, text => text.StartsWith("ActorCompute: Attached to the cluster at ", StringComparison.Ordinal));
        Assert.True(turn.IsHeld);
    }

    [Fact]
    public async Task Stop_TimeIsOver_CallsAreCancelledAndNoProcessIsLeft()
    {
        var log = new Messages();
        var builder = OptionsTests.Builder();
        builder.Logging.AddProvider(log);
        builder.Services.AddKeyedComputeCluster("gpu", options =>
        {
            options.Workers = 1;
            Slowly(options);
        });
        using var host = builder.Build();
        await host.StartAsync();
        var cluster = host.Services.GetRequiredKeyedService<ComputeCluster>("gpu");
        Assert.Null(host.Services.GetService<ComputeCluster>());
        var (status, description) = await HealthAsync(host, "compute-cluster-gpu");
        Assert.True(status == HealthStatus.Healthy, description);
        var worker = Assert.Single(cluster.Workers).ProcessId;

        var endless = cluster.Submit(Endless, 0);
        await Poll.UntilAsync("the call runs", StartLimit, () => endless.IsRunning);
        await host.StopAsync(new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await endless);
        Assert.False(ProcessTable.IsAlive(worker));
        Assert.Contains(log.Texts, text => text.Contains("calls that were not done are cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NoSeedThere_FailsTheHostWithTheMessageOfTheLibrary()
    {
        var builder = OptionsTests.Builder();
        builder.Services.AddComputeCluster("127.0.0.1:1", options => (options.Secret, options.StartTimeout) = ("a secret of sixteen letters", TimeSpan.FromMilliseconds(500)));
        using var host = builder.Build();
        var error = await Assert.ThrowsAsync<ClusterUnavailableException>(() => host.StartAsync());
        Assert.Contains("no seed answers at 127.0.0.1:1", error.Message, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync(host)).Status);
        Assert.Equal(error.Message, Assert.Throws<ClusterUnavailableException>(host.Services.GetRequiredService<ComputeCluster>).Message);
    }

    [Fact]
    public async Task Start_Cancelled_IsGivenUp()
    {
        var builder = OptionsTests.Builder();
        builder.Services.AddComputeCluster("127.0.0.1:1", options => (options.Secret, options.StartTimeout) = ("a secret of sixteen letters", TimeSpan.FromMinutes(5)));
        using var host = builder.Build();
        using var cancellation = new CancellationTokenSource();
        var start = host.StartAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    // Other tests of the machine may take their share of it.
    private static void Slowly(ComputeClusterHostOptions options) => (options.StartTimeout, options.HealthCheckTimeout) = (StartLimit, StartLimit);

    private static long Square(long number) => number * number;

    private static int ProcessId(int of) => Environment.ProcessId + of;

    private static int Endless(int result)
    {
        while (!TaskContext.Current.Cancellation.WaitHandle.WaitOne(Timeout.Infinite)) result++;
        return result;
    }

    private static async Task<(HealthStatus Status, string? Description)> HealthAsync(IHost host, string name = "compute-cluster")
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"));
        return (report.Entries[name].Status, report.Entries[name].Description);
    }

    /// <summary>Added before the cluster is: starts first, and stops last.</summary>
    private sealed class Early(ComputeClusterAccessor clusters) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) => await (await clusters.GetAsync(cancellationToken)).Submit(Square, 2L);

        // The cluster is there until all have stopped.
        public async Task StopAsync(CancellationToken cancellationToken) => await (await clusters.GetAsync(cancellationToken)).Submit(Square, 3L);
    }

    private sealed class User(ComputeClusterAccessor clusters) : BackgroundService
    {
        private readonly TaskCompletionSource<long> _squared = new();

        public Task<long> Squared => _squared.Task;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken) => _squared.SetResult(await (await clusters.GetAsync(stoppingToken)).Submit(Square, 9L));
    }

    private sealed class Messages : ILoggerProvider
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _texts = [];

        public IEnumerable<string> Texts => _texts;

        public ILogger CreateLogger(string categoryName) => new Category(categoryName, _texts.Enqueue);

        public void Dispose()
        {
        }

        private sealed class Category(string category, Action<string> tell) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => tell($"{category}: {formatter(state, exception)}");
        }
    }
}

/// <summary>One suite with processes at a time on the machine.</summary>
public sealed class MachineTurn(IMessageSink messages) : IAsyncLifetime
{
    private MachineLock? _lock;

    public bool IsHeld => _lock is not null;

    public async Task InitializeAsync() => _lock = await MachineLock.TakeAsync(messages);

    public Task DisposeAsync()
    {
        _lock?.Dispose();
        return Task.CompletedTask;
    }
}
