namespace ActorCompute.EndToEnd.Clusters;

/// <summary>Copies of the programs that the system does not start as they are.</summary>
[Collection(Lane.Clusters)]
public sealed class ProgramStartTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _cli;
    private readonly string _worker;

    public ProgramStartTests()
    {
        _cli = Copy("Cli", "actorcompute");
        _worker = Copy("Worker", "actorcompute-worker");
    }

    [UnixFact]
    public async Task Worker_NotMarkedAsExecutable_RunsByTheRuntime()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_worker, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var program = RunningProgram.StartCopy(_cli, "primes", "test", "7", "--workers", "2");
        Assert.Equal(["number\tprime", "7\ttrue"], (await program.WaitAsync("the test")).AssertClean().Output);
    }

    [UnixFact]
    public async Task Worker_ForAnotherProcessor_RunsByTheRuntime()
    {
        await File.WriteAllBytesAsync(_worker, [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0]);
        await using var program = RunningProgram.StartCopy(_cli, "primes", "test", "7", "--workers", "1");
        Assert.Equal(["number\tprime", "7\ttrue"], (await program.WaitAsync("the test")).AssertClean().Output);
    }

    [UnixTheory]
    [InlineData("Cli", "actorcompute", "primes", "test", "7", "--workers", "2")]
    [InlineData("Cli", "actorcompute", "primes", "test", "7", "--cluster", "127.0.0.1:1")]
    [InlineData("Cli", "actorcompute", "status", "--cluster", "127.0.0.1:1")]
    [InlineData("Cli", "actorcompute", "up", "--workers", "2", "--port", "0")]
    [InlineData("Seed", "actorcompute-seed", "--port", "0")]
    [InlineData("Worker", "actorcompute-worker", "--seed", "127.0.0.1:1")]
    public async Task Program_FewFilesMayBeOpen_SaysSoInOneLine(string project, string program, params string[] arguments)
    {
        await using var running = RunningProgram.StartWithLimit("-n 64", project, program, arguments);
        (await running.WaitAsync("the refusal")).AssertRefused(3, "64 files may be open at a time", "ulimit -n");
    }

    [Fact]
    public async Task Worker_RefusesItsOptions_IsSaidAtOnceAndNotTriedAgain()
    {
        await using var up = RunningProgram.StartCli("up", "--workers", "1", "--port", "0", "--memory-limit", "64M");
        var result = (await up.WaitAsync("the cluster that cannot be")).AssertExit(2).AssertSays("error: ", "memory limit of 64 MiB", "give at least");
        Assert.DoesNotContain(result.Error, line => line.Contains("started again", StringComparison.Ordinal));
        await up.AssertFamilyEndsAsync("the refusal", RunningProgram.Limit);
    }

    public void Dispose() => _folder.Dispose();

    private string Copy(string project, string program)
    {
        var built = ProgramFolder.ExecutableOf(project, program);
        var target = Directory.CreateDirectory(Path.Combine(_folder.PathOf(project), Path.GetFileName(Path.GetDirectoryName(built))!)).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(built)!)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return Path.Combine(target, Path.GetFileName(built));
    }
}
