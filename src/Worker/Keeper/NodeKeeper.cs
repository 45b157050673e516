using System.Globalization;
using ActorCompute.Hosting;
using ActorCompute.Messages;

namespace ActorCompute.Worker.Keeper;

/// <summary>
/// Starts the node process and starts it again when it dies, each time as a new incarnation on a new port. Has no actor
/// system, so what kills a node does not kill its keeper.
/// </summary>
/// <param name="settings">Of the worker.</param>
/// <param name="order">What each incarnation of the node is told, but for which one it is.</param>
/// <param name="seeds">Where it registers.</param>
internal sealed class NodeKeeper(WorkerSettings settings, LaunchOrder order, IReadOnlyList<HostEndpoint> seeds)
{
    // Beyond the drain: the time to leave the cluster and to end.
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync()
    {
        if (OpenFiles.Shortage() is { } shortage) return CommandLine.Fail(shortage, ExitCodes.NoCluster);
        using var lifetime = new ProgramLifetime(hasParent: false);
        var id = new WorkerId(Guid.NewGuid().ToString("n"));
        Console.Error.WriteLine($"actorcompute-worker {BuildInfo.Version} '{settings.Name}' on {BuildInfo.Engine}, {settings.Slots} slots, for the seed at {string.Join(", ", seeds)}; stop it with Ctrl-C");
        if (!settings.BuiltInOnly && !ChildCultures.AreHere) Console.Error.WriteLine(ChildCultures.Missing);
        var backOff = new RestartBackOff();
        string? previousEnd = null;
        // Incarnations rise over restarts of the keeper too: the id is new with each.
        for (var incarnation = 1L; ; incarnation++)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            using var node = await StartAsync(order with { WorkerId = id.Value, Incarnation = incarnation, PreviousEnd = previousEnd }, backOff, lifetime).ConfigureAwait(false);
            if (node is null) return ExitCodes.Success;
            node.SendSeeds(string.Join(',', seeds));
            await Task.WhenAny(node.Exited, lifetime.StopRequested).ConfigureAwait(false);
            if (lifetime.StopRequested.IsCompleted)
            {
                await node.StopAsync(settings.DrainTimeout + StopBound, leave: true).ConfigureAwait(false);
                return ExitCodes.Success;
            }

            if (node.PlannedEnd == PlannedEnd.Refused) return ExitCodes.BadInput;
            if (node.PlannedEnd == PlannedEnd.Drained)
            {
                Say("the node was drained and has left the cluster");
                return ExitCodes.Success;
            }

            previousEnd = node.DescribeEnd();
            // It had done its share of tasks, or grown to its limit: as agreed, and no news.
            if (node.PlannedEnd == PlannedEnd.Replaced) continue;
            var pause = backOff.Next(TimeProvider.System.GetElapsedTime(startedAt));
            Say(string.Create(CultureInfo.InvariantCulture, $"the node {node.DescribeExit()}; it is started again in {pause.TotalSeconds:F1} s"));
            if (await Task.WhenAny(Task.Delay(pause), lifetime.StopRequested).ConfigureAwait(false) == lifetime.StopRequested) return ExitCodes.Success;
        }
    }
    /// <summary>Starts a node. When not even the first can be started, that is an error; a later one is tried again. Null when told to stop meanwhile.</summary>
    private async Task<ChildProcess?> StartAsync(LaunchOrder toldTo, RestartBackOff backOff, ProgramLifetime lifetime)
    {
        while (true)
        {
            try
            {
                var program = ProgramFinder.Find("Worker", "actorcompute-worker", [WorkerSettings.NodeVerb, .. settings.ToNodeArguments()]);
                ChildCultures.Decide(program, wanted: !settings.BuiltInOnly);
                return ChildProcess.Start(program, toldTo, Console.Out.WriteLine, Console.Error.WriteLine);
            }
            catch (ProgramMissingException e) when (toldTo.Incarnation > 1)
            {
                Say(e.Message);
                if (await Task.WhenAny(Task.Delay(backOff.Next(TimeSpan.Zero)), lifetime.StopRequested).ConfigureAwait(false) == lifetime.StopRequested) return null;
            }
        }
    }

    private static void Say(string text) => Console.Error.WriteLine(LogLine.Of(TimeProvider.System, text));
}
