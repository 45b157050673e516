using System.Net.Sockets;

namespace ActorCompute.Hosting.Transport;

internal sealed class TlsIdentity
{
    public static TlsIdentity Load(string path, string password) => throw new NotSupportedException();
    public TlsChannel Wrap(Socket socket, bool isServer) => throw new NotSupportedException();
}
