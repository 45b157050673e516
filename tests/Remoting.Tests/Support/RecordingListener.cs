using System.Collections.Concurrent;
using Akka.Remote.Transport;

namespace ActorCompute.Remoting.Tests.Support;

/// <summary>Keeps what a connection tells, in order.</summary>
internal sealed class RecordingListener : IHandleEventListener
{
    private int _disassociations;

    public ConcurrentQueue<byte[]> Payloads { get; } = new();

    public int Disassociations => Volatile.Read(ref _disassociations);

    /// <summary>Whether something came after the end.</summary>
    public bool IsLate { get; private set; }

    public void Notify(IHandleEvent ev)
    {
        if (Disassociations > 0) IsLate = true;
        if (ev is InboundPayload payload) Payloads.Enqueue(payload.Payload.ToByteArray());
        else if (ev is Disassociated) Interlocked.Increment(ref _disassociations);
    }
}
