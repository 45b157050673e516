using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorCompute.EndToEnd.Clusters;

/// <summary>A seed is found by every name of its machine, whatever it calls itself.</summary>
[Collection(Lane.Clusters)]
public sealed class SeedNameTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("localhost", "127.0.0.1")]
    public async Task WorkerAndClient_SeedByAnotherName_WorkAndNobodyIsTurnedAway(string host, string name)
    {
        await using var seed = StartSeed(host);
        var port = PortOf(await TestCluster.AddressOfAsync(seed));
        await AssertWorksAsync(seed, $"{name}:{port}");
        Assert.DoesNotContain(seed.Error.Lines, line => line.Contains("turned away", StringComparison.Ordinal));
    }

    [HostNameFact]
    public async Task WorkerAndClient_SeedByTheMachinesName_Work()
    {
        await using var seed = StartSeed(HostNameFactAttribute.Address!);
        await AssertWorksAsync(seed, $"{Environment.MachineName}:{PortOf(await TestCluster.AddressOfAsync(seed))}");
    }

    [Ipv6Fact]
    public async Task WorkerAndClient_SeedOnIpv6_Work()
    {
        await using var seed = StartSeed("::1");
        var address = await TestCluster.AddressOfAsync(seed);
        Assert.StartsWith("[::1]:", address, StringComparison.Ordinal);
        await AssertWorksAsync(seed, address, "--host", "::1");
        await AssertWorksAsync(seed, $"[0:0:0:0:0:0:0:1]:{PortOf(address)}");
    }

    [Fact]
    public async Task Worker_SeedByAnotherNameComesBack_RegistersAgain()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 0);
        await using var worker = TestCluster.StartWorker($"localhost:{PortOf(cluster.Address)}", "w");
        await cluster.WaitForWorkersAsync(1);
        await cluster.RestartSeedAsync();
        await cluster.WaitForWorkersAsync(1);
    }

    private static RunningProgram StartSeed(string host) => RunningProgram.Start("Seed", "actorcompute-seed", ["--host", host, "--port", "0"]);

    private static async Task AssertWorksAsync(RunningProgram seed, string address, params string[] workerArguments)
    {
        await using var worker = TestCluster.StartWorker(address, "w", arguments: workerArguments);
        var test = await CommandLineProgram.RunAsync("primes", "test", "7", "--cluster", address);
        Assert.Equal(["number\tprime", "7\ttrue"], test.AssertClean().Output);
        (await CommandLineProgram.RunAsync("status", "--cluster", address)).AssertClean();
        (await CommandLineProgram.RunAsync("drain", "w", "--cluster", address)).AssertExit(0);
        (await worker.WaitAsync("the drained worker")).AssertExit(0);
        Assert.True(seed.IsRunning);
    }

    private static string PortOf(string address) => address[(address.LastIndexOf(':') + 1)..];

    /// <summary>A fact that needs a host name with an address of this machine.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class HostNameFactAttribute : FactAttribute
    {
        public HostNameFactAttribute()
        {
            if (Address is null) Skip = "this machine's name has no IPv4 address";
        }

        public static string? Address { get; } = Find();

        private static string? Find()
        {
            try
            {
                return Dns.GetHostAddresses(Environment.MachineName, AddressFamily.InterNetwork).FirstOrDefault()?.ToString();
            }
            catch (SocketException)
            {
                return null;
            }
        }
    }

    /// <summary>A fact that needs IPv6 on the loopback.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class Ipv6FactAttribute : FactAttribute
    {
        public Ipv6FactAttribute()
        {
            try
            {
                using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
                listener.Start();
            }
            catch (SocketException e)
            {
                Skip = string.Create(CultureInfo.InvariantCulture, $"no IPv6 on the loopback: {e.SocketErrorCode}");
            }
        }
    }
}
