using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Kinds.Functions;

/// <summary>Makes the HTTP client of <c>fetch</c>.</summary>
internal static class FetchClient
{
    // Long enough to use connections again, short enough to notice that a name has moved.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static HttpMessageInvoker Create() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLifetime,
        ConnectCallback = ConnectAsync,
    });

    // Link-local addresses are where machines in a cloud find their credentials, and nothing that anybody fetches: a URL
    // of somebody else's list, or where it redirects to, must not reach them. Looked at after the name was resolved.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
        var usable = addresses.Where(address => !IsLinkLocal(address)).ToArray();
        if (usable.Length == 0) throw new IOException($"{host} has only link-local addresses, and those are not fetched from");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLinkLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.IsIPv6LinkLocal || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
    }
}
