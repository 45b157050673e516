using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Registry;

namespace ActorCompute.Seed;

/// <summary>The life of the seed: one node with the registry, ended by its parent, a signal or a client that knows the secret.</summary>
internal static class SeedProgram
{
    private static readonly TimeSpan ShutdownBound = TimeSpan.FromSeconds(5);

    /// <summary>The child of a parent that keeps it.</summary>
    public static Task<int> RunAsync()
    {
        var order = LaunchOrder.Read(StandardStreams.Input);
        return RunAsync(HostEndpoint.Loopback with { Port = order.SeedPort }, ClusterSecret.FromText(order.Secret), order.Tls, hasParent: true);
    }

    public static async Task<int> RunAsync(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? tls, bool hasParent)
    {
        if (OpenFiles.Shortage() is { } shortage) return CommandLine.Fail(shortage, ExitCodes.NoCluster);
        using var lifetime = new ProgramLifetime(hasParent);
        if (hasParent) ParentPipe.Watch(StandardStreams.Input, null, () => lifetime.Stop("the parent asked for it"), () => Environment.Exit(ExitCodes.Success));

        var seed = SeedNode.Start(endpoint, secret, tls, lifetime.Stop);
        // The line that a parent waits for, and a script can too.
        StandardStreams.WriteLine($"listening {seed.Endpoint}");
        if (!hasParent) Console.Error.WriteLine($"actorcompute-seed {BuildInfo.Version} on {BuildInfo.Engine}; stop it with Ctrl-C");

        await Task.WhenAny(lifetime.StopRequested, seed.Broken).ConfigureAwait(false);
        if (!lifetime.StopRequested.IsCompleted) return CommandLine.Fail($"the seed cannot go on: {await seed.Broken.ConfigureAwait(false)}", ExitCodes.Broken);
        await seed.ShutDownAsync(ShutdownBound).ConfigureAwait(false);
        return ExitCodes.Success;
    }
}
