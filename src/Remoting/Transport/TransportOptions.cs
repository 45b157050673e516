using Akka.Configuration;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// The settings of a <see cref="SocketTransport"/>. All are plain numbers and texts: Akka.NET's time spans and sizes cost a compiled
/// pattern at start.
/// </summary>
/// <param name="Hostname">Where it listens, and its name for others.</param>
/// <param name="Port">0 takes a free one.</param>
/// <param name="Secret">The cluster's secret.</param>
/// <param name="TlsPath">The PKCS#12 file; empty for plain connections.</param>
/// <param name="TlsPassword">Of that file.</param>
/// <param name="TlsRoots">A PEM file of the roots to trust; empty for those of the system.</param>
/// <param name="MaximumFrameSize">The largest message, in bytes.</param>
/// <param name="SendQueueSize">Bytes that may wait for one peer.</param>
/// <param name="SendQueueTotal">Bytes that may wait for all.</param>
/// <param name="ReceiveTotal">Bytes of large frames that are not complete yet, of all peers.</param>
/// <param name="UnprovenConnections">Callers at a time that have proved nothing.</param>
/// <param name="ConnectMilliseconds">Limit for looking a name up and connecting.</param>
/// <param name="HandshakeMilliseconds">Limit for the handshake, TLS included.</param>
/// <param name="LingerMilliseconds">How long an end may take to send what waits, and again to see the other side end.</param>
/// <param name="RefusalLogMilliseconds">Time between two lines on callers that were turned away.</param>
/// <param name="ForgetMilliseconds">After this long without a connection to a peer, what Akka.Remote keeps for it goes.</param>
/// <param name="UsesSelect">The poller for systems without epoll, on any system.</param>
internal sealed record TransportOptions(
    string Hostname,
    int Port,
    string Secret,
    string TlsPath = "",
    string TlsPassword = "",
    string TlsRoots = "",
    int MaximumFrameSize = 16 * 1024 * 1024,
    long SendQueueSize = 32 * 1024 * 1024,
    long SendQueueTotal = 256 * 1024 * 1024,
    long ReceiveTotal = 256 * 1024 * 1024,
    int UnprovenConnections = 64,
    int ConnectMilliseconds = 3000,
    int HandshakeMilliseconds = 5000,
    int LingerMilliseconds = 500,
    int RefusalLogMilliseconds = 5000,
    int ForgetMilliseconds = 60_000,
    bool UsesSelect = false)
{
    /// <summary>Akka.NET wraps a message of the largest size once more.</summary>
    public const int FrameOverhead = 64;

    /// <exception cref="ConfigurationException">Without hostname or secret.</exception>
    public static TransportOptions Read(Config config)
    {
        var defaults = new TransportOptions(Required(config, "hostname"), config.GetInt("port"), Required(config, "secret"));
        return defaults with
        {
            TlsPath = config.GetString("tls.path", ""),
            TlsPassword = config.GetString("tls.password", ""),
            TlsRoots = config.GetString("tls.roots", ""),
            MaximumFrameSize = config.GetInt("maximum-frame-size", defaults.MaximumFrameSize),
            SendQueueSize = config.GetLong("send-queue-size", defaults.SendQueueSize),
            SendQueueTotal = config.GetLong("send-queue-total", defaults.SendQueueTotal),
            ReceiveTotal = config.GetLong("receive-total", defaults.ReceiveTotal),
            UnprovenConnections = config.GetInt("unproven-connections", defaults.UnprovenConnections),
            ConnectMilliseconds = config.GetInt("connect-milliseconds", defaults.ConnectMilliseconds),
            HandshakeMilliseconds = config.GetInt("handshake-milliseconds", defaults.HandshakeMilliseconds),
            LingerMilliseconds = config.GetInt("linger-milliseconds", defaults.LingerMilliseconds),
            RefusalLogMilliseconds = config.GetInt("refusal-log-milliseconds", defaults.RefusalLogMilliseconds),
            ForgetMilliseconds = config.GetInt("forget-milliseconds", defaults.ForgetMilliseconds),
            UsesSelect = config.GetString("poller", "") == "select",
        };
    }

    /// <summary>Secret and password stay out of logs.</summary>
    public override string ToString() => $"{Hostname}:{Port}";

    private static string Required(Config config, string key) =>
        config.GetString(key, "") is { Length: > 0 } text ? text : throw new ConfigurationException($"the transport needs '{key}'.");
}
