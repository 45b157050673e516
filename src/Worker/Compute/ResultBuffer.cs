using System.Buffers;

namespace ActorCompute.Worker.Compute;

/// <summary>Where a slot's tasks write their results, one after the other.</summary>
internal sealed class ResultBuffer
{
    // A large result is rare, and its memory is not kept for the small ones that follow.
    private const int MostKept = 1 << 20;

    private ArrayBufferWriter<byte> _writer = new(256);

    /// <summary>Empty, for the next result; what was written before is gone.</summary>
    public ArrayBufferWriter<byte> Begin()
    {
        if (_writer.Capacity > MostKept) _writer = new(256);
        else _writer.ResetWrittenCount();
        return _writer;
    }
}
