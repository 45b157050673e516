using System.Net;
using System.Net.Sockets;

namespace ActorCompute.EndToEnd.Clusters;

/// <summary>The seed of a program's own cluster, which lives in that program.</summary>
[Collection(Lane.Alone)]
public class OwnSeedTests
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(60);
    private static readonly ConnectOptions Known = new() { Secret = TestCluster.Secret };

    [UnixFact]
    public async Task StartLocal_PortTaken_SaysSoAndLeavesNothing()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var before = ProcessTable.ChildrenOf(Environment.ProcessId);
        // Several times: the workers' processes may be there already when the seed fails, or not yet.
        for (var i = 0; i < 5; i++)
        {
            var refusal = await Assert.ThrowsAsync<InputException>(() => ComputeCluster.StartLocalAsync(new() { Workers = 2, Port = port }));
            Assert.Contains($"127.0.0.1:{port} is in use", refusal.Message, StringComparison.Ordinal);
            Assert.Empty(ProcessTable.ChildrenOf(Environment.ProcessId).Except(before));
        }
    }

    [Fact]
    public async Task StartLocal_ItsSeed_ServesOthersWhoKnowTheSecretAndObeysThem()
    {
        await using var own = await ComputeCluster.StartLocalAsync(new() { Workers = 1, Secret = TestCluster.Secret });
        await using (var guest = await ComputeCluster.ConnectAsync(own.Seed, Known))
        {
            Assert.Equal(49, await guest.Submit(x => x * x, 7));
        }

        Assert.False(own.Stopped.IsCompleted);
        await new ClusterAdmin(own.Seed, Known).StopAsync();
        await own.Stopped.WaitAsync(Seconds);
    }
}
