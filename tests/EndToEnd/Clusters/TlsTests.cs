using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace ActorCompute.EndToEnd.Clusters;

/// <summary>A cluster that speaks TLS, as docs/tls.md sets it up: an own authority, which is all that these processes trust.</summary>
[Collection(Lane.Clusters)]
public sealed class TlsTests : IAsyncLifetime
{
    // Also when all other tests run with TLS.
    private static readonly Dictionary<string, string?> Plain = new() { ["ACTORCOMPUTE_TLS_CERTIFICATE"] = null, ["ACTORCOMPUTE_TLS_PASSWORD"] = null };

    private readonly Certificates _certificates = new();
    private readonly X509Certificate2 _authority = Certificates.Authority("authority");
    private readonly string _trusted;

    public TlsTests() => _trusted = _certificates.SavePem(_authority);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _authority.Dispose();
        _certificates.Dispose();
        return Task.CompletedTask;
    }

    [TlsFact]
    public async Task Cluster_AllSpeakTls_CountsRightAndOthersAreToldWhy()
    {
        await using var seed = StartSeed("seed");
        var address = await AddressOfAsync(seed);
        await using var worker = RunningProgram.Start("Worker", "actorcompute-worker", ["--seed", address, "--name", "w1"], Tls(Signed("worker")));

        Assert.Equal(["5761455"], (await CountAsync(address, Tls(Signed("client")))).AssertClean().Output);

        // By option instead of by environment.
        Assert.Equal(["5761455"], (await CountAsync(address, Tls(null), "--tls-certificate", Signed("client"))).AssertClean().Output);

        var startedAt = Stopwatch.GetTimestamp();
        (await CountAsync(address, Plain)).AssertExit(3).AssertSays("error: ", address, "speaks TLS only", "--tls-certificate");
        Assert.InRange(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, 0, 60);

        using var stranger = Certificates.Authority("stranger");
        using var unknown = Certificates.Node("unknown", stranger);
        (await CountAsync(address, Tls(_certificates.Save(unknown)))).AssertExit(3).AssertSays("error: ", address);

        await seed.WaitForLineAsync(seed.Error, line => line.Contains("CN=unknown", StringComparison.Ordinal) && line.Contains("not trusted", StringComparison.Ordinal), "the seed's word on the stranger");

        Assert.Equal(["5761455"], (await CountAsync(address, Tls(Signed("client")))).AssertClean().Output);
    }

    [TlsFact]
    public async Task Worker_WithoutTls_IsToldWhyAndDoesNotJoin()
    {
        await using var seed = StartSeed("seed");
        var address = await AddressOfAsync(seed);
        await using var worker = RunningProgram.Start("Worker", "actorcompute-worker", ["--seed", address, "--name", "plain"], Plain);

        (await worker.WaitAsync("the worker without TLS")).AssertExit(2).AssertSays("error: ", "speaks TLS only");
        await seed.WaitForLineAsync(seed.Error, line => line.Contains("does not speak TLS", StringComparison.Ordinal), "what the seed says");
        (await CountAsync(address, Tls(Signed("client")))).AssertExit(3).AssertSays("error: ", "no worker");
    }

    [TlsFact]
    public async Task OwnCluster_WithTls_CountsRight()
    {
        var result = await CommandLineProgram.RunAsync(["primes", "count", "1", "1e8", "--workers", "2"], Tls(Signed("own")));
        Assert.Equal(["5761455"], result.AssertClean().Output);
    }

    [Theory]
    [InlineData("Seed", "actorcompute-seed", "--port", "0")]
    [InlineData("Worker", "actorcompute-worker", "--seed", "127.0.0.1:1")]
    [InlineData("Cli", "actorcompute", "primes", "test", "7")]
    public async Task Certificate_CannotBeUsed_OneLineSaysWhy(string project, string program, params string[] arguments)
    {
        using var expired = Certificates.Node("expired", _authority, isExpired: true);
        using var own = Certificates.Node("own", _authority);
        using var half = X509CertificateLoader.LoadCertificate(own.RawData);
        (await RunAsync("missing.pfx")).AssertRefused(2, "missing.pfx");
        (await RunAsync(_certificates.Save(own, "another"))).AssertRefused(2, "ACTORCOMPUTE_TLS_PASSWORD");
        (await RunAsync(_certificates.Save(half))).AssertRefused(2, "no private key");
        (await RunAsync(_certificates.SavePem(own))).AssertRefused(2, "PKCS#12");
        (await RunAsync(_certificates.Save(expired))).AssertRefused(2, "expired");

        async Task<ProgramResult> RunAsync(string path)
        {
            await using var running = RunningProgram.Start(project, program, arguments, Tls(path));
            return await running.WaitAsync(path);
        }
    }

    private static Task<ProgramResult> CountAsync(string address, IReadOnlyDictionary<string, string?> variables, params string[] more) =>
        CommandLineProgram.RunAsync(["primes", "count", "1", "1e8", "--cluster", address, .. more], variables);

    private RunningProgram StartSeed(string name) => RunningProgram.Start("Seed", "actorcompute-seed", ["--port", "0"], Tls(Signed(name)));

    private static async Task<string> AddressOfAsync(RunningProgram seed)
    {
        const string start = "listening ";
        return (await seed.WaitForLineAsync(seed.Output!, line => line.StartsWith(start, StringComparison.Ordinal), "the seed's address"))[start.Length..];
    }

    private string Signed(string name)
    {
        using var certificate = Certificates.Node(name, _authority);
        return _certificates.Save(certificate);
    }

    private Dictionary<string, string?> Tls(string? path)
    {
        var variables = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = _trusted, ["SSL_CERT_DIR"] = _certificates.EmptyFolder, ["ACTORCOMPUTE_TLS_PASSWORD"] = Certificates.Password };
        if (path is not null) variables["ACTORCOMPUTE_TLS_CERTIFICATE"] = path;
        return variables;
    }
}
