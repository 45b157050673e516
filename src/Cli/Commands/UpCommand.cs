using System.CommandLine;
using System.Globalization;
using ActorCompute.Cli.Running;
using ActorCompute.Client;
using ActorCompute.Hosting;

namespace ActorCompute.Cli.Commands;

/// <summary><c>up</c>: a cluster on this machine that stays until <c>down</c>, and keeps its seed and workers alive.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var workers = new Option<int>("--workers", "-w") { Description = "Worker processes; the default is one for each core.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var slots = new Option<int>("--slots") { Description = "Tasks that each of them runs at a time.", DefaultValueFactory = _ => 1 };
        var ioLimit = new Option<int>("--io-limit") { Description = "Tasks that wait (I/O) which each of them runs at a time.", DefaultValueFactory = _ => 1024 };
        var port = new Option<int>("--port") { Description = "The seed's port; 0 takes a free one.", DefaultValueFactory = _ => ClusterOptions.UsualPort };
        var plugins = new Option<string[]>("--plugins") { Description = "Folder with assemblies that bring job kinds; may be repeated.", AllowMultipleArgumentsPerToken = false };
        var maxTasks = new Option<int?>("--max-tasks") { Description = "Tasks after which a worker process is replaced by a fresh one." };
        var memory = new Option<string?>("--memory-limit") { Description = "Memory (resident: bytes, or 512M, 2G) beyond which a worker process takes no further task and is replaced." };
        var drain = new Option<string>("--drain-timeout") { Description = "What running tasks of a worker that is drained may still take.", DefaultValueFactory = _ => "30s" };
        var crashes = new Option<bool>("--allow-crashes") { Description = "Let the kind 'crash' end workers; for experiments." };
        var secretFile = new Option<string?>("--secret-file") { Description = "File with the cluster's secret, made if it is missing." };
        var tls = TlsCertificate.CreateOption();
        var detach = new Option<bool>("--detach", "-d") { Description = "Return when the cluster is up, and leave it running in the background." };
        var detached = new Option<bool>(DetachedCluster.Flag) { Hidden = true };
        var command = new Command("up", "Start a cluster on this machine that stays until 'down' or Ctrl-C.")
        {
            workers, slots, ioLimit, port, plugins, maxTasks, memory, drain, crashes, secretFile, tls, detach, detached,
        };
        command.SetAction((parsed, _) =>
        {
            var isDetached = parsed.GetValue(detached);
            var options = new LocalClusterOptions
            {
                Workers = parsed.GetValue(workers),
                Slots = parsed.GetValue(slots),
                IoLimit = parsed.GetValue(ioLimit),
                Port = parsed.GetValue(port),
                SeparateSeed = true,
                Plugins = parsed.GetValue(plugins) ?? [],
                MaxTasksPerWorker = parsed.GetValue(maxTasks),
                MemoryLimit = parsed.GetValue(memory) is { } text ? MemorySize.Parse("--memory-limit", text) : null,
                DrainTimeout = Duration.Parse("--drain-timeout", parsed.GetValue(drain)!),
                AllowCrashes = parsed.GetValue(crashes),
                TlsCertificateFile = parsed.GetValue(tls),
                OnNotice = text => Console.Error.WriteLine(ShownText.Line(text)),
            };
            if (parsed.GetValue(detach)) return DetachedCluster.StartAsync(parsed.Tokens.Select(token => token.Value));
            options = options with { Secret = SecretFile.FindOrCreate(parsed.GetValue(secretFile)).Text };
            return RunAsync(options, isDetached);
        });
        return command;
    }

    private static async Task<int> RunAsync(LocalClusterOptions options, bool isDetached)
    {
        using var lifetime = new ProgramLifetime(hasParent: isDetached);
        using var detached = isDetached ? new DetachedCluster.Signals() : null;
        return await ClusterOptions.GuardAsync(async () =>
        {
            await using var cluster = await ComputeCluster.StartLocalAsync(options).ConfigureAwait(false);
            Console.WriteLine($"{DetachedCluster.ReadyPrefix}{cluster.Seed}");
            foreach (var line in Describe(cluster)) Console.Error.WriteLine(line);
            await Task.WhenAny(lifetime.StopRequested, cluster.Stopped).ConfigureAwait(false);
            Console.Error.WriteLine($"the cluster at {cluster.Seed} stops: {(lifetime.StopRequested.IsCompletedSuccessfully ? await lifetime.StopRequested.ConfigureAwait(false) : "asked to by a client")}");
        }).ConfigureAwait(false);
    }

    private static IEnumerable<string> Describe(ComputeCluster cluster)
    {
        var down = cluster.Seed == $"127.0.0.1:{ClusterOptions.UsualPort.ToString(CultureInfo.InvariantCulture)}" ? "" : $" --cluster {cluster.Seed}";
        yield return $"a cluster of {cluster.Workers.Count.ToString(CultureInfo.InvariantCulture)} workers is up at {cluster.Seed}";
        yield return $"  use it:   actorcompute scan FILE.bam --cluster {cluster.Seed}";
        yield return $"            or set {JobTarget.ClusterVariable}={cluster.Seed}";
        yield return $"  see it:   actorcompute status{down}";
        yield return $"  stop it:  actorcompute down{down}, or Ctrl-C here";
    }
}
