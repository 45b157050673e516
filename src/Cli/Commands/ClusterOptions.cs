using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorCompute.Cli.Running;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Commands;

/// <summary>Which cluster a verb is about: named, by the environment, or the one that <c>up</c> starts on this machine.</summary>
internal sealed class ClusterOptions
{
    /// <summary>The port that <c>up</c> and the seed program take by default.</summary>
    public const int UsualPort = 4053;

    private readonly Option<string?> _cluster = new("--cluster") { Description = $"The cluster's seed, HOST:PORT. Default: {JobTarget.ClusterVariable}, else 127.0.0.1:4053." };

    private readonly Option<string?> _secretFile = new("--secret-file") { Description = "The file with the cluster's secret." };

    private readonly Option<string?> _tlsCertificate = TlsCertificate.CreateOption();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _cluster, _secretFile, _tlsCertificate }) command.Options.Add(option);
    }

    /// <exception cref="ClusterUnavailableException">None is named, and none was started here.</exception>
    public (string Seed, ConnectOptions Options) Read(ParseResult parsed)
    {
        var named = parsed.GetValue(_cluster) ?? (Environment.GetEnvironmentVariable(JobTarget.ClusterVariable) is { Length: > 0 } variable ? variable : null);
        var seed = named ?? UsualSeed;
        if (named is null && !IsListened(UsualPort)) throw new ClusterUnavailableException($"no cluster runs on this machine at {seed}; start one with 'actorcompute up --detach', or name another with --cluster HOST:PORT.");
        return (seed, new() { SecretFile = parsed.GetValue(_secretFile), TlsCertificateFile = parsed.GetValue(_tlsCertificate) });
    }

    private static string UsualSeed { get; } = $"127.0.0.1:{UsualPort.ToString(CultureInfo.InvariantCulture)}";

    // On the loopback the system answers at once, so a person need not wait for the seed that might still be starting.
    private static bool IsListened(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }
}
