using System.Net.Sockets;

namespace ActorCompute.Hosting.Transport;

internal abstract class TlsChannel(Socket socket) : ByteChannel(socket)
{
    public const int ChunkSize = 32 * 1024;
    public byte[] Binding { get; } = [];

    public abstract void Authenticate(Action<Exception?> onDone);

    public abstract Refusal Judge();
}
