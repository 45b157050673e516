using Akka.Remote.Transport;
using Google.Protobuf;

namespace ActorCompute.Remoting.Tests.Support;

/// <summary>One end of an association, whose events are kept.</summary>
internal sealed class TestEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public TestEnd(AssociationHandle handle, bool listens = true)
    {
        Handle = handle;
        if (listens) Listen();
    }

    public AssociationHandle Handle { get; }

    public RecordingListener Events { get; } = new();

    public void Listen() => Handle.ReadHandlerSource.SetResult(Events);

    public bool Write(ByteString payload) => Handle.Write(payload);

    /// <summary>Writes, again as long as it is refused.</summary>
    public Task WriteAsync(ByteString payload) => Poll.UntilAsync("room for a frame", Patience, () => Handle.Write(payload));

    public void Disassociate()
    {
#pragma warning disable CS0618 // what transports implement
        Handle.Disassociate();
#pragma warning restore CS0618
    }

    public Task ReceivedAsync(int count) =>
        Poll.UntilAsync($"{count} frames", Patience, () => Events.Payloads.Count >= count, () => $"{Events.Payloads.Count} came");

    public Task DisassociatedAsync() => Poll.UntilAsync("the end of the association", Patience, () => Events.Disassociations > 0);
}
