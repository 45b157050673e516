using ActorCompute.Kinds;
using ActorCompute.Messages;
using ActorCompute.Plugins;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using ActorCompute.Worker.Commands;
using ActorCompute.Worker.Compute;
using Akka.Actor;

namespace ActorCompute.Worker.Node;

/// <summary>The life of a node: one actor system, ended by its parent, a signal or its own decision.</summary>
internal static class NodeProgram
{
    /// <summary>The first argument of a node process: not for people, but for a parent that keeps it. The worker's name follows, for who reads the list of processes.</summary>
    public const string Verb = "node";

    private static readonly TimeSpan ShutdownBound = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs a node; what is wrong with its start is told to the person and to the keeper.</summary>
    public static async Task<int> RunAsync()
    {
        var status = await CommandLine.GuardAsync(() => RunAsync(StandardStreams.TakeInput())).ConfigureAwait(false);
        if (status == ExitCodes.BadInput) PlannedEnds.Say(PlannedEnd.Refused);
        // The actor system, if it is there already, has threads that would keep a process that only returns.
        Environment.Exit(status);
        return status;
    }

    /// <param name="parent">The pipe that the keeper holds.</param>
    private static async Task<int> RunAsync(TextReader parent)
    {
        var order = LaunchOrder.Read(parent);
        var nodeOrder = order.Node ?? throw new InputException("the parent's order is for a seed, and this is a worker.");
        var settings = nodeOrder.Settings;
        if (settings.BuiltInOnly) DynamicCode.TurnOff();
        using var lifetime = new ProgramLifetime(hasParent: true);
        var seeds = new TaskCompletionSource<IReadOnlyList<HostEndpoint>>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Without a parent nobody waits for what this node computes, and there is nothing to leave in order.
        ParentPipe.Watch(parent, text => TakeSeeds(text, seeds), () => lifetime.Stop("the parent asked for it"), () => Environment.Exit(ExitCodes.Success));
        var secret = ClusterSecret.FromText(order.Secret);

        // While the seed starts.
        var system = Listening.Start(settings.Host, settings.Ports, endpoint => SystemConfig.Peer(endpoint, secret, order.Tls));
        var kinds = KindRegistry.Create(PluginCatalog.Load(settings.Plugins, BuiltInKinds.Names), settings.BuiltInOnly ? null : new(settings.Plugins, nodeOrder.TrustsCaller), settings.AllowCrashes, settings.AllowCommands ? CommandRunner.Create() : null);
        new MemoryWatch(settings.MemoryLimit).CheckRoom();
        await Task.WhenAny(lifetime.StopRequested, seeds.Task).ConfigureAwait(false);
        if (!seeds.Task.IsCompleted) Environment.Exit(ExitCodes.Success);

        var identity = new NodeIdentity(new(new(nodeOrder.WorkerId), nodeOrder.Incarnation), settings, await seeds.Task.ConfigureAwait(false), nodeOrder.PreviousEnd);
        var lost = new TaskCompletionSource<NodeEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = system.ActorOf(NodeActor.PropsFor(identity, secret, kinds, lost, TimeProvider.System), "node");

        await Task.WhenAny(lifetime.StopRequested, lost.Task).ConfigureAwait(false);
        if (!lost.Task.IsCompleted)
        {
            // What runs may end; the node actor keeps to the bound, this is only for one that cannot.
            node.Tell(new StopNode(await lifetime.StopRequested.ConfigureAwait(false)));
            await Task.WhenAny(lost.Task, Task.Delay(settings.DrainTimeout + ShutdownBound)).ConfigureAwait(false);
        }

        var end = lost.Task.IsCompletedSuccessfully ? await lost.Task.ConfigureAwait(false) : null;
        if (end is { Kind: PlannedEnd.Refused or PlannedEnd.None }) CommandLine.Fail(end.Reason, end.ExitCode);
        if (end is not null) PlannedEnds.Say(end.Kind);
        if (end is { IsHurried: true })
        {
            // The last words are on their way; whoever misses them sees the process end.
            await Task.Delay(LastWords).ConfigureAwait(false);
            Environment.Exit(end.ExitCode);
        }

        await ProgramLifetime.ShutDownAsync(system, ShutdownBound).ConfigureAwait(false);
        // Work that ignores its token has a thread of its own; it must not keep the process.
        Environment.Exit(end?.ExitCode ?? ExitCodes.Success);
        return ExitCodes.Success;
    }

    private static void TakeSeeds(string text, TaskCompletionSource<IReadOnlyList<HostEndpoint>> seeds)
    {
        try
        {
            seeds.TrySetResult(HostEndpoint.ParseList(text));
        }
        catch (InputException e)
        {
            seeds.TrySetException(e);
        }
    }
}
