using ActorCompute.Messages;
using ActorCompute.Remoting;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.EndToEnd.Clusters;

/// <summary>What somebody tries who reaches the ports of a cluster, and what a member may write into its name.</summary>
[Collection(Lane.Clusters)]
public sealed class DoorTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly Member _member = new();
    private readonly Member _stranger = new(ClusterSecret.Create());
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(workers: 1);

    [Fact]
    public async Task Stranger_SendsWhatEndsActors_NobodyObeys()
    {
        await using var client = _cluster.StartCli("run", "sleep", "--item", "8");
        ClusterStatus status = new();
        await Poll.UntilAsync("the job shows", Bound, async () => (status = await StatusAsync()).Clients.SelectMany(one => one.Jobs).Any());
        var (node, job) = (status.Workers[0].Worker.Node, status.Clients[0].Jobs[0].Actor);
        foreach (var path in new[] { $"akka.tcp://{SystemConfig.SystemName}@{_cluster.Address}{SystemConfig.RegistryPath}", node, job, $"{ActorPath.Parse(job).Address}/user/attach" })
        {
            var target = _stranger.System.ActorSelection(path);
            target.Tell(PoisonPill.Instance);
            target.Tell(Kill.Instance);
            target.Tell(new Refused { Reason = "go away" });
            target.Tell(new StopCluster { Id = "x", Nonce = ByteString.CopyFrom(new byte[16]), Proof = ByteString.CopyFrom(new byte[32]) });
            var direct = ((ExtendedActorSystem)_stranger.System).Provider.ResolveActorRef(path);
            direct.Tell(PoisonPill.Instance);
            _stranger.System.Stop(direct);
        }

        // The transport turned every one of its calls away, and says so.
        await _cluster.Seed.WaitForLineAsync(_cluster.Seed.Error, line => line.Contains("turned away 127.0.0.1:", StringComparison.Ordinal) && line.Contains("secret", StringComparison.Ordinal), "the seed's word of the stranger");
        var end = await client.WaitAsync("the job", Bound);
        end.AssertExit(0);
        Assert.Equal(["input\tresult", "8\t8"], end.Output);
        var after = await StatusAsync();
        Assert.Equal(status.Workers[0].Worker.ProcessId, after.Workers[0].Worker.ProcessId);
        Assert.True(_cluster.Seed.IsRunning);
    }

    [Fact]
    public async Task Names_WithControlCharacters_AreShownAndNotObeyed()
    {
        const string clear = "\u001b[2J\u001b[H";
        var inbox = Inbox.Create(_member.System);
        var (nonce, proof) = _member.Prove(ProofPurpose.RegisterWorker, "evil" + clear);
        _member.Registry(_cluster.Address).Tell(
            new RegisterWorker
            {
                Worker = new() { Id = "evil" + clear, Name = "name" + clear, Host = "host" + clear, Version = BuildInfo.Version, Slots = 1, Incarnation = 1 },
                Nonce = nonce,
                Proof = proof,
            },
            inbox.Receiver);
        Assert.IsType<WorkerRegistered>(inbox.Receive(Bound));

        var shown = await _cluster.RunAsync("status");

        shown.AssertExit(0);
        Assert.Contains(shown.Output, line => line.Contains("name\\x1B[2J\\x1B[H", StringComparison.Ordinal));
        await _cluster.Seed.WaitForLineAsync(_cluster.Seed.Error, line => line.Contains("worker evil\\x1B[2J\\x1B[H#1 was silent", StringComparison.Ordinal), "the seed's word of the worker");
        Assert.DoesNotContain(shown.Output.Concat(_cluster.Seed.Error.Lines), line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _member.DisposeAsync();
        await _stranger.DisposeAsync();
    }

    private Task<ClusterStatus> StatusAsync() => _member.StatusAsync(_cluster.Address);
}
