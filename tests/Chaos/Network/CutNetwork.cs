using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.Chaos.Network;

/// <summary>
/// Two networks of one machine with a router between, which can stop to forward: then what either side sends to the other
/// is dropped in silence, as by a cable that is cut somewhere on the way. All of it goes with this object.
/// </summary>
/// <remarks>
/// <code>
/// this test, the client          middle (router)             far
///   198.18.77.1  ———————  198.18.77.2 | 198.18.78.1  ———————  198.18.78.2
/// </code>
/// The addresses are of the block that is set aside for tests of networks (RFC 2544).
/// </remarks>
internal sealed class CutNetwork : IDisposable
{
    public const string NearAddress = "198.18.77.1";
    public const string MiddleAddress = "198.18.77.2";
    public const string FarAddress = "198.18.78.2";

    private const string Prefix = "acchaos";

    private CutNetwork(string name) => (Middle, Far) = ($"{name}m", $"{name}f");

    /// <summary>The router's namespace.</summary>
    public string Middle { get; }

    /// <summary>The namespace behind it.</summary>
    public string Far { get; }

    /// <summary>Why such networks cannot be made here; null if they can.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <exception cref="InvalidOperationException">The machine refuses.</exception>
    public static CutNetwork Create()
    {
        RemoveLeftovers();
        var network = new CutNetwork(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}"));
        try
        {
            network.Build();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Nothing gets through from now on.</summary>
    public void Cut() => Forward(false);

    /// <summary>All gets through again.</summary>
    public void Mend() => Forward(true);

    public void Dispose()
    {
        // The cables go with the namespaces that hold an end of them.
        foreach (var name in new[] { Middle, Far }) TryIp("netns", "del", name);
    }

    private void Build()
    {
        Ip("netns", "add", Middle);
        Ip("netns", "add", Far);
        Ip("link", "add", $"{Middle}a", "type", "veth", "peer", "name", "near", "netns", Middle);
        Ip("-n", Middle, "link", "add", "far", "type", "veth", "peer", "name", "way", "netns", Far);
        Ip("addr", "add", $"{NearAddress}/30", "dev", $"{Middle}a");
        Ip("-n", Middle, "addr", "add", $"{MiddleAddress}/30", "dev", "near");
        Ip("-n", Middle, "addr", "add", "198.18.78.1/30", "dev", "far");
        Ip("-n", Far, "addr", "add", $"{FarAddress}/30", "dev", "way");
        Ip("link", "set", $"{Middle}a", "up");
        foreach (var (name, device) in new[] { (Middle, "near"), (Middle, "far"), (Middle, "lo"), (Far, "way"), (Far, "lo") }) Ip("-n", name, "link", "set", device, "up");
        Ip("route", "add", "198.18.78.0/30", "via", MiddleAddress);
        Ip("-n", Far, "route", "add", "default", "via", "198.18.78.1");
        Forward(true);
    }

    private void Forward(bool on) => Run("ip", "netns", "exec", Middle, "sh", "-c", $"echo {(on ? 1 : 0)} > /proc/sys/net/ipv4/ip_forward");

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux()) return "needs Linux' network namespaces";
        try
        {
            using (Create()) return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"needs network namespaces (as root, with ip of iproute2): {e.Message}";
        }
    }

    /// <summary>Of a test that was killed, so that its networks are not in the way.</summary>
    private static void RemoveLeftovers()
    {
        foreach (var name in Run("ip", "netns", "list").Split('\n').Select(line => line.Split(' ')[0]).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (int.TryParse(name[Prefix.Length..].TrimEnd('m', 'f'), NumberStyles.None, CultureInfo.InvariantCulture, out var owner) && owner != Environment.ProcessId && !ProcessTable.IsAlive(owner)) TryIp("netns", "del", name);
        }
    }

    private static void Ip(params string[] arguments) => Run("ip", arguments);

    private static void TryIp(params string[] arguments)
    {
        try
        {
            Run("ip", arguments);
        }
        catch (InvalidOperationException)
        {
            // It was never made, or is gone.
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' says: {error.Result.Trim()}");
    }
}
