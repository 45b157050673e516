using System.CommandLine;
using System.Globalization;
using ActorCompute.Cli.Running;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Commands;

/// <summary><c>up</c>: a cluster on this machine that stays until <c>down</c>, and keeps its seed and workers alive.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var workers = new Option<int>("--workers", "-w") { Description = "Worker processes; the default is one for each core.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var slots = new Option<int>("--slots") { Description = "Tasks that each of them runs at a time.", DefaultValueFactory = _ => 1 };
        var ioLimit = new Option<int>("--io-limit") { Description = "Tasks that wait (I/O) which each of them runs at a time.", DefaultValueFactory = _ => WorkerSettings.DefaultIoLimit };
        var port = new Option<int>("--port") { Description = "The seed's port; 0 takes a free one.", DefaultValueFactory = _ => ClusterOptions.UsualPort };
        var plugins = new Option<string[]>("--plugins") { Description = "Folder with assemblies that bring job kinds; may be repeated.", AllowMultipleArgumentsPerToken = false };
        var resources = new Option<string[]>("--resource") { Description = "What each of them has beside slots: NAME=AMOUNT, a whole number or bytes with KiB, MiB, GiB or TiB (gpu=2, mem=64GiB); may be repeated. Tasks that need some (--needs) reserve it while they run.", AllowMultipleArgumentsPerToken = false };
        var maxTasks = new Option<int?>("--max-tasks") { Description = "Tasks after which a worker process is replaced by a fresh one." };
        var memory = new Option<string?>("--memory-limit") { Description = "Memory (bytes, or 512M, 2G) beyond which a worker process takes no further task and is replaced." };
        var drain = new Option<string>("--drain-timeout") { Description = "What running tasks of a worker that is drained may still take.", DefaultValueFactory = _ => $"{WorkerSettings.DefaultDrainTimeout.TotalSeconds}s" };
        var crashes = new Option<bool>("--allow-crashes") { Description = "Give the workers the kind 'crash', which ends them ('actorcompute run crash'); for experiments." };
        var commands = new Option<bool>("--allow-commands") { Description = "Let clients run any program of this machine ('actorcompute run command'), with the rights of this account." };
        var secretFile = new Option<string?>("--secret-file") { Description = "File with the cluster's secret, made if it is missing." };
        var tls = TlsCertificate.CreateOption();
        var detach = new Option<bool>("--detach", "-d") { Description = "Return when the cluster is up, and leave it running in the background." };
        var detached = new Option<bool>(DetachedCluster.Flag) { Hidden = true };
        var command = new Command("up", "Start a cluster on this machine that stays until 'down' or Ctrl-C.")
        {
            workers, slots, ioLimit, resources, port, plugins, maxTasks, memory, drain, crashes, commands, secretFile, tls, detach, detached,
        };
        command.SetAction((parsed, _) =>
        {
            // First of all: the options of a cluster alone load more libraries than some limits allow.
            if (OpenFiles.Shortage() is { } shortage) return Task.FromResult(CommandLine.Fail(shortage, ExitCodes.NoCluster));
            var isDetached = parsed.GetValue(detached);
            var options = new LocalClusterOptions
            {
                Workers = parsed.GetValue(workers),
                Slots = parsed.GetValue(slots),
                IoLimit = parsed.GetValue(ioLimit),
                Port = parsed.GetValue(port),
                SeparateSeed = true,
                Resources = ResourcesOption.Read(resources.Name, parsed.GetValue(resources)),
                Plugins = parsed.GetValue(plugins) ?? [],
                MaxTasksPerWorker = parsed.GetValue(maxTasks),
                MemoryLimit = parsed.GetValue(memory) is { } text ? MemorySize.Parse("--memory-limit", text) : null,
                DrainTimeout = Duration.Parse("--drain-timeout", parsed.GetValue(drain)!),
                AllowCrashes = parsed.GetValue(crashes),
                AllowCommands = parsed.GetValue(commands),
                TlsCertificateFile = parsed.GetValue(tls),
                Logger = new NoticeLogger(line => Console.Error.WriteLine(LogLine.Of(TimeProvider.System, ShownText.Line(line)))),
            };
            if (parsed.GetValue(detach)) return DetachedCluster.StartAsync(parsed.Tokens.Select(token => token.Value));
            options = options with { Secret = SecretFile.FindOrCreate(parsed.GetValue(secretFile)).Text };
            return isDetached ? RunDetachedAsync(options) : RunAsync(options, null);
        });
        return command;
    }

    private static async Task<int> RunDetachedAsync(LocalClusterOptions options)
    {
        using var log = new DetachedLog();
        options = options with
        {
            Plugins = [.. options.Plugins.Select(Path.GetFullPath)],
            TlsCertificateFile = options.TlsCertificateFile is { } certificate ? Path.GetFullPath(certificate) : null,
            Logger = new NoticeLogger(log.Write),
        };
        // The folder that the command was typed in may be moved or removed while the cluster is up.
        Environment.CurrentDirectory = Path.GetPathRoot(Environment.CurrentDirectory)!;
        return await RunAsync(options, log).ConfigureAwait(false);
    }

    private static async Task<int> RunAsync(LocalClusterOptions options, DetachedLog? log)
    {
        using var lifetime = new ProgramLifetime(hasParent: log is not null);
        await using var cluster = await ComputeCluster.StartLocalAsync(options).ConfigureAwait(false);
        var file = log?.Open(HostEndpoint.Parse(cluster.Seed).Port);
        foreach (var line in Describe(cluster, file)) Say(line);
        // Last, so that who waits for this line has the others.
        Console.WriteLine($"{DetachedCluster.ReadyPrefix}{cluster.Seed}");
        await Task.WhenAny(lifetime.StopRequested, cluster.Stopped).ConfigureAwait(false);
        Say($"the cluster at {cluster.Seed} stops: {(lifetime.StopRequested.IsCompletedSuccessfully ? await lifetime.StopRequested.ConfigureAwait(false) : "asked to by a client")}");
        return ExitCodes.Success;

        void Say(string line)
        {
            if (log is null) Console.Error.WriteLine(line);
            else log.Write(line);
        }
    }

    private static IEnumerable<string> Describe(ComputeCluster cluster, string? log)
    {
        var down = cluster.Seed == $"127.0.0.1:{ClusterOptions.UsualPort.ToString(CultureInfo.InvariantCulture)}" ? "" : $" --cluster {cluster.Seed}";
        yield return $"a cluster of {cluster.Workers.Count.ToString(CultureInfo.InvariantCulture)} workers is up at {cluster.Seed}";
        yield return $"  use it:   actorcompute scan FILE.bam --cluster {cluster.Seed}";
        yield return $"            or set {JobTarget.ClusterVariable}={cluster.Seed}";
        yield return $"  see it:   actorcompute status{down}";
        yield return $"  stop it:  actorcompute down{down}{(log is null ? ", or Ctrl-C here" : "")}";
        if (log is not null) yield return $"  its log:  {log}";
    }
}
