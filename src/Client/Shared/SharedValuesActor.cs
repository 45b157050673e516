using System.Collections.Concurrent;
using ActorCompute.Messages;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.Client.Shared;

/// <summary>Gives workers the shared values that they ask for, piece by piece.</summary>
internal sealed class SharedValuesActor(ConcurrentDictionary<string, ReadOnlyMemory<byte>> held) : UntypedActor
{
    private const int LargestPiece = 4 << 20;

    public static Props PropsFor(ConcurrentDictionary<string, ReadOnlyMemory<byte>> held) => Props.Create<SharedValuesActor>(held);

    protected override void OnReceive(object message)
    {
        if (message is SharedValueRequest request) Sender.Tell(PieceOf(request), Self);
        else Unhandled(message);
    }

    private SharedValuePiece PieceOf(SharedValueRequest request)
    {
        var piece = new SharedValuePiece { Offset = request.Offset };
        if (!held.TryGetValue(request.Id, out var value)) piece.Gone = "the shared value was taken back by the program that shared it; keep it until the calls that use it are done.";
        else if (request.Offset >= 0 && request.Offset < value.Length && request.Count is > 0 and <= LargestPiece)
            piece.Data = UnsafeByteOperations.UnsafeWrap(value.Slice((int)request.Offset, (int)Math.Min(request.Count, value.Length - request.Offset)));
        return piece;
    }
}
