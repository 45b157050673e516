using ActorCompute.Messages;

namespace ActorCompute.Compare.Running;

/// <summary>A cluster on this machine that is there before a row is measured. Programs use it from here, commands by its address.</summary>
internal sealed class WarmCluster : IAsyncDisposable
{
    private readonly ProductProgram _program = ProductProgram.Built();
    private readonly string _secret;

    private WarmCluster(ComputeCluster cluster, string secret) => (Cluster, _secret) = (cluster, secret);

    public ComputeCluster Cluster { get; }

    /// <summary>Starts it.</summary>
    public static async Task<WarmCluster> StartAsync(int workers, CancellationToken cancellation)
    {
        var secret = ClusterSecret.Create().Text;
        return new(await ComputeCluster.StartLocalAsync(new() { Workers = workers, Secret = secret }, cancellation: cancellation).ConfigureAwait(false), secret);
    }

    /// <summary>A command on this cluster.</summary>
    public Task<CommandRun> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation) =>
        _program.RunAsync([.. arguments, "--cluster", Cluster.Seed], cancellation, (ClusterSecret.EnvironmentVariable, _secret));

    /// <summary>A job on this cluster from here, from its plan to its last row.</summary>
    public Task<JobRun> RunAsync(IJobKind kind, CancellationToken cancellation, params IEnumerable<(string Name, string Value)> parameters) =>
        JobRun.RunAsync(Cluster, kind, parameters, cancellation);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
