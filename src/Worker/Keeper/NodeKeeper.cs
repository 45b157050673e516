using System.Globalization;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Worker.Node;

namespace ActorCompute.Worker.Keeper;

/// <summary>
/// Starts the node process and starts it again when it dies, each time as a new incarnation on a new port. Has no actor
/// system, so what kills a node does not kill its keeper.
/// </summary>
/// <param name="settings">Of the worker.</param>
/// <param name="secret">The cluster's.</param>
/// <param name="tls">The certificate to speak TLS with; null for plain connections.</param>
/// <param name="seeds">Where it registers.</param>
internal sealed class NodeKeeper(WorkerSettings settings, ClusterSecret secret, TlsCertificate? tls, IReadOnlyList<HostEndpoint> seeds) : IKeptChild
{
    // Beyond the drain: the time to leave the cluster and to end.
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(10);

    // Incarnations rise over restarts of the keeper too: the id is new with each.
    private readonly WorkerId _id = new(Guid.NewGuid().ToString("n"));

    public async Task<int> RunAsync()
    {
        if (OpenFiles.Shortage() is { } shortage) return CommandLine.Fail(shortage, ExitCodes.NoCluster);
        using var lifetime = new ProgramLifetime(hasParent: false);
        Console.Error.WriteLine($"actorcompute-worker {BuildInfo.Version} '{settings.Name}' on {BuildInfo.Engine}, {settings.Slots} slots, for the seed at {string.Join(", ", seeds)}; stop it with Ctrl-C");
        if (!settings.BuiltInOnly && !ChildCultures.AreHere) Console.Error.WriteLine(ChildCultures.Missing);
        var keeper = new ChildKeeper(this, new() { LaterRefusalIsFinal = true });
        _ = StopWhenAskedAsync(lifetime, keeper);
        switch (await keeper.RunAsync().ConfigureAwait(false))
        {
            case KeeperOutcome.Refused: return ExitCodes.BadInput;
            case KeeperOutcome.Drained:
                Say("the node was drained and has left the cluster");
                return ExitCodes.Success;
            default: return ExitCodes.Success;
        }
    }

    ChildProcess IKeptChild.Start(long incarnation, string? previousEnd)
    {
        var program = ProgramFinder.Find("Worker", "actorcompute-worker", NodeProgram.Verb, settings.Name);
        ChildCultures.Decide(program, wanted: !settings.BuiltInOnly);
        var order = new LaunchOrder { Secret = secret.Text, Tls = tls, Node = new() { WorkerId = _id.Value, Incarnation = incarnation, PreviousEnd = previousEnd, Settings = settings } };
        return ChildProcess.Start(program, order, Console.Out.WriteLine, Console.Error.WriteLine);
    }

    Task IKeptChild.IntroduceAsync(ChildProcess child)
    {
        child.SendSeeds(string.Join(',', seeds));
        return Task.CompletedTask;
    }

    void IKeptChild.Restarts(ChildProcess child, TimeSpan pause) =>
        Say(string.Create(CultureInfo.InvariantCulture, $"the node {child.DescribeExit()}; it is started again in {pause.TotalSeconds:F1} s"));

    void IKeptChild.CannotStart(string reason) => Say(reason);

    private async Task StopWhenAskedAsync(ProgramLifetime lifetime, ChildKeeper keeper)
    {
        await lifetime.StopRequested.ConfigureAwait(false);
        keeper.Stop(inOrder: true, settings.DrainTimeout + StopBound);
    }

    private static void Say(string text) => Console.Error.WriteLine(LogLine.Of(TimeProvider.System, text));
}
