using Akka.Configuration;
using Akka.Remote.DeathWatch;
using Akka.Remote.Transport.DotNetty;
using Akka.Remote.Transport.Tls;

namespace Akka.Remote.Transport;

/// <summary>What this engine takes from the configuration; keys and defaults are those of Akka.NET where it has them.</summary>
internal sealed class RemoteSettings
{
    /// <summary>Fallback for whatever the application leaves out.</summary>
    public const string Defaults =
        """
        akka.remote {
          untrusted-mode = off
          flush-wait-on-shutdown = 2 s
          retry-gate-closed-for = 1 s
          initial-system-message-delivery-timeout = 3 m
          system-message-buffer-size = 20000
          outbound-buffer-size = 64 MiB
          log-remote-lifecycle-events = on
          dot-netty.tcp {
            hostname = ""
            public-hostname = ""
            port = 2552
            public-port = 0
            connection-timeout = 15 s
            maximum-frame-size = 128000b
            send-buffer-size = 256000b
            receive-buffer-size = 256000b
            backlog = 4096
            dns-use-ipv6 = false
            enable-ssl = false
            ssl {
              certificate {
                path = ""
                password = ""
                use-thumbprint-over-file = false
                thumbprint = ""
                store-name = ""
                store-location = "current-user"
              }
              suppress-validation = false
              require-mutual-authentication = true
              validate-certificate-hostname = false
            }
          }
          watch-failure-detector {
            heartbeat-interval = 1 s
            acceptable-heartbeat-pause = 10 s
            expected-response-after = 1 s
          }
        }
        """;

    public RemoteSettings(Config config, DotNettySslSetup sslSetup = null)
    {
        var remote = config.GetConfig("akka.remote");
        var tcp = remote.GetConfig("dot-netty.tcp");
        Hostname = Text(tcp, "hostname");
        PublicHostname = Text(tcp, "public-hostname");
        Port = PortOf(tcp, "port");
        PublicPort = PortOf(tcp, "public-port");
        ConnectionTimeout = tcp.GetTimeSpan("connection-timeout");
        MaximumFrameSize = Bytes(tcp, "maximum-frame-size", 32_000, int.MaxValue / 2);
        SendBufferSize = Bytes(tcp, "send-buffer-size", 0, int.MaxValue / 2);
        ReceiveBufferSize = Bytes(tcp, "receive-buffer-size", 0, int.MaxValue / 2);
        Backlog = tcp.GetInt("backlog", 4096);
        UseIPv6 = tcp.GetBoolean("dns-use-ipv6");
        Tls = TlsSettings.From(tcp, sslSetup);
        UntrustedMode = remote.GetBoolean("untrusted-mode");
        FlushWait = remote.GetTimeSpan("flush-wait-on-shutdown");
        RetryGate = remote.GetTimeSpan("retry-gate-closed-for");
        SystemMessageTimeout = remote.GetTimeSpan("initial-system-message-delivery-timeout");
        SystemMessageLimit = remote.GetInt("system-message-buffer-size", 20_000);
        OutboundBufferSize = Bytes(remote, "outbound-buffer-size", 1, int.MaxValue);
        LogLifecycleEvents = remote.GetBoolean("log-remote-lifecycle-events", true);
        WatchDetector = DetectorSettingsFrom(remote.GetConfig("watch-failure-detector"));
    }

    public string Hostname { get; }

    public string PublicHostname { get; }

    public int Port { get; }

    public int PublicPort { get; }

    public TimeSpan ConnectionTimeout { get; }

    public int MaximumFrameSize { get; }

    public int SendBufferSize { get; }

    public int ReceiveBufferSize { get; }

    public int Backlog { get; }

    public bool UseIPv6 { get; }

    /// <summary>Null: connections are plain.</summary>
    public TlsSettings Tls { get; }

    public bool UntrustedMode { get; }

    public TimeSpan FlushWait { get; }

    /// <summary>The longest pause between two attempts to connect; it begins with a fraction of that.</summary>
    public TimeSpan RetryGate { get; }

    /// <summary>A peer that cannot be reached for so long while system messages wait for it is given up.</summary>
    public TimeSpan SystemMessageTimeout { get; }

    public int SystemMessageLimit { get; }

    public int OutboundBufferSize { get; }

    public bool LogLifecycleEvents { get; }

    public DetectorSettings WatchDetector { get; }

    public static DetectorSettings DetectorSettingsFrom(Config config) => new(
        config.GetTimeSpan("heartbeat-interval"),
        config.GetTimeSpan("acceptable-heartbeat-pause"),
        config.GetTimeSpan("expected-response-after"));

    private static string Text(Config config, string key) => config.GetString(key, "")?.Trim() ?? "";

    private static int PortOf(Config config, string key)
    {
        var port = config.GetInt(key);
        if (port is < 0 or > ushort.MaxValue)
            throw new ConfigurationException($"akka.remote.dot-netty.tcp.{key} is {port}; a port is between 0 and 65535.");
        return port;
    }

    private static int Bytes(Config config, string key, long minimum, long maximum)
    {
        var size = config.GetByteSize(key) ?? minimum;
        if (size < minimum || size > maximum)
            throw new ConfigurationException($"{key} is {size} bytes; it must be between {minimum} and {maximum}.");
        return (int)size;
    }
}
