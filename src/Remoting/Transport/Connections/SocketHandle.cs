using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace ActorCompute.Remoting.Transport;

/// <summary>A connection as Akka.Remote sees it.</summary>
internal sealed class SocketHandle : AssociationHandle
{
    private readonly PeerConnection _connection;

    public SocketHandle(Address local, Address remote, PeerConnection connection)
        : base(local, remote)
    {
        _connection = connection;
        // At once, on the thread that sets it: the pool may be full.
        ReadHandlerSource.Task.ContinueWith(
            listener => connection.SetListener(listener.Result),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public override bool Write(ByteString payload) => _connection.Write(payload);

#pragma warning disable CS0672 // Akka.NET wants callers to give reasons, and transports to implement this.
    public override void Disassociate() => _connection.Disassociate();
#pragma warning restore CS0672
}
