using System.Net;
using System.Net.Sockets;
using ActorCompute.Processes;
using Akka.Actor;
using Akka.Configuration;

namespace ActorCompute.Remoting;

/// <summary>Starts an actor system on an endpoint, and says what a person can do when that is taken.</summary>
public static class Listening
{
    /// <summary>Starts on one endpoint.</summary>
    /// <exception cref="InputException">It cannot be listened on.</exception>
    public static ActorSystem Start(HostEndpoint endpoint, Func<HostEndpoint, Config> configure) =>
        Start(endpoint.Host, new(endpoint.Port, endpoint.Port), configure);

    /// <summary>Starts on the first free port of a range.</summary>
    /// <exception cref="InputException">None can be listened on.</exception>
    public static ActorSystem Start(string host, PortRange ports, Func<HostEndpoint, Config> configure)
    {
        Exception? last = null;
        for (var port = ports.First; port <= ports.Last; port++)
        {
            try
            {
                if (port != 0) Probe(host, port);
                return SystemConfig.CreateSystem(configure(new(host, port)));
            }
            catch (Exception e) when (SocketErrorOf(e) is not null)
            {
                last = e;
            }
        }

        throw new InputException(Describe(SocketErrorOf(last!)!.Value, host, ports, OperatingSystem.IsWindows()), last!);
    }

    /// <summary>Finds a port that is taken before a system is built for it: that takes a while, and leaves threads behind when it fails.</summary>
    private static void Probe(string host, int port)
    {
        if (!IPAddress.TryParse(host, out var address)) return;
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (OperatingSystem.IsWindows()) socket.ExclusiveAddressUse = true;
        socket.Bind(new IPEndPoint(address, port));
        // Only who listens is in the way of another that does.
        socket.Listen(1);
    }

    /// <summary>What a person can do about it.</summary>
    internal static string Describe(SocketError error, string host, PortRange ports, bool isWindows) => error switch
    {
        SocketError.AddressAlreadyInUse => $"{host}:{ports} is in use; choose another --port, or stop the program that has it.",
        SocketError.AddressNotAvailable => $"{host} is not an address of this machine; choose another --host.",
        // Hyper-V, WSL and containers reserve whole ranges there, other ones after each start of the machine.
        SocketError.AccessDenied when isWindows =>
            $"{host}:{ports} is reserved by Windows or held by another program for itself; choose another --port ('netsh interface ipv4 show excludedportrange tcp' lists what is reserved).",
        SocketError.AccessDenied => $"{host}:{ports} may not be used; ports below 1024 need more rights.",
        _ => $"{host}:{ports} cannot be listened on: {error}.",
    };

    /// <summary>What the network said, if an error came from there.</summary>
    internal static SocketError? SocketErrorOf(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner is AggregateException { InnerExceptions: [var first, ..] } ? first : inner.InnerException)
        {
            if (inner is SocketException socket) return socket.SocketErrorCode;
        }

        return null;
    }
}
