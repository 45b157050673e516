using System.Diagnostics;
using System.Reflection;
using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Tls;

/// <summary>Whom a node trusts when nothing is configured: the roots of the system, which on Linux two variables replace.</summary>
public sealed class SystemRootsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Associate_AuthorityAmongTheSystemsRoots_Works()
    {
        using var authority = new TestAuthority("ours");
        if (OperatingSystem.IsLinux()) Assert.Equal(SystemRootsProgram.Associated, await RunAsync(authority, authority));
    }

    [Fact]
    public async Task Associate_AuthorityNotAmongThem_IsRefused()
    {
        using var authority = new TestAuthority("ours");
        using var other = new TestAuthority("theirs");
        if (OperatingSystem.IsLinux()) Assert.Equal(nameof(Refusal.TlsFailed), await RunAsync(authority, other));
    }

    private static async Task<string> RunAsync(TestAuthority authority, TestAuthority trusted)
    {
        var certificate = authority.Issue("node");
        var start = new ProcessStartInfo("dotnet", ["exec", Assembly.GetExecutingAssembly().Location, certificate.Path, certificate.Password]) { RedirectStandardOutput = true };
        start.Environment["SSL_CERT_FILE"] = trusted.RootFile;
        start.Environment["SSL_CERT_DIR"] = trusted.EmptyFolder;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return said.Trim();
    }
}
