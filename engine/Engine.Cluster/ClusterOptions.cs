using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.DeathWatch;
using Akka.Remote.Transport;

namespace Akka.Cluster;

/// <summary>What this engine takes from <c>akka.cluster</c>; keys and defaults are those of Akka.NET.</summary>
internal sealed class ClusterOptions
{
    public const string Defaults =
        """
        akka.cluster {
          seed-nodes = []
          roles = []
          min-nr-of-members = 1
          # Polls of the seed, which repair what got lost; news need not wait for them.
          gossip-interval = 1 s
          shutdown-after-unsuccessful-join-seed-nodes = off
          run-coordinated-shutdown-when-down = on
          quarantine-removed-node-after = 5 s
          use-dispatcher = "akka.cluster.membership-dispatcher"
          membership-dispatcher.type = PinnedDispatcher
          failure-detector {
            heartbeat-interval = 1 s
            acceptable-heartbeat-pause = 3 s
            expected-response-after = 1 s
          }
        }
        """;

    public ClusterOptions(Config config)
    {
        var cluster = config.GetConfig("akka.cluster");
        SeedNodes = ParseSeeds(cluster.GetStringList("seed-nodes"));
        RequireOneSeed(SeedNodes);
        Roles = [.. cluster.GetStringList("roles")];
        MinimumMembers = Math.Max(1, cluster.GetInt("min-nr-of-members", 1));
        PollInterval = cluster.GetTimeSpan("gossip-interval");
        RunCoordinatedShutdownWhenDown = cluster.GetBoolean("run-coordinated-shutdown-when-down", true);
        QuarantineRemovedAfter = cluster.GetTimeSpan("quarantine-removed-node-after");
        Dispatcher = cluster.GetString("use-dispatcher");
        FailureDetector = RemoteSettings.DetectorSettingsFrom(cluster.GetConfig("failure-detector"));
        if (cluster.GetString("shutdown-after-unsuccessful-join-seed-nodes") is not ("off" or "false"))
            GiveUpJoiningAfter = cluster.GetTimeSpan("shutdown-after-unsuccessful-join-seed-nodes");
    }

    public ImmutableArray<Address> SeedNodes { get; }

    public ImmutableHashSet<string> Roles { get; }

    public int MinimumMembers { get; }

    public TimeSpan PollInterval { get; }

    public bool RunCoordinatedShutdownWhenDown { get; }

    public TimeSpan QuarantineRemovedAfter { get; }

    public TimeSpan? GiveUpJoiningAfter { get; }

    public string Dispatcher { get; }

    public DetectorSettings FailureDetector { get; }

    /// <summary>One seed leads here; agreeing among several takes gossip.</summary>
    public static void RequireOneSeed(IReadOnlyCollection<Address> seeds)
    {
        if (seeds.Count > 1)
        {
            throw new ConfigurationException(
                $"{seeds.Count} seed nodes are configured ({string.Join(", ", seeds)}); the embedded engine's membership is led by one. " +
                "Several seed nodes need the Akka.NET packages: build with -p:ActorEngine=akka.");
        }
    }

    private static ImmutableArray<Address> ParseSeeds(IEnumerable<string> texts)
    {
        var seeds = ImmutableArray.CreateBuilder<Address>();
        foreach (var text in texts)
        {
            if (!Address.TryParse(text, out var address) || !address.HasGlobalScope)
                throw new ConfigurationException($"akka.cluster.seed-nodes has '{text}', which is not an address such as akka.tcp://system@host:port.");
            if (!seeds.Contains(address))
                seeds.Add(address);
        }
        return seeds.ToImmutable();
    }
}
