namespace ActorCompute.Remoting.Transport;

/// <summary>
/// A piece of memory that bytes are received into, and that the frames then lie in: nothing is written twice to the same place, so
/// they need no copy. A new piece follows when the rest has become short.
/// </summary>
internal sealed class ReceiveChunk(int size)
{
    /// <summary>Below the large objects; a few hundred small frames.</summary>
    public const int SharedSize = 64 * 1024;

    private byte[] _bytes = [];
    private int _used;

    /// <summary>Room of at least a quarter of the chunk beyond bytes that are put first.</summary>
    /// <param name="carried">The beginning of a frame, from before.</param>
    public Memory<byte> Begin(ReadOnlySpan<byte> carried)
    {
        if (_bytes.Length - _used < carried.Length + (size / 4))
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(size, carried.Length + (size / 4)));
            _used = 0;
        }

        carried.CopyTo(_bytes.AsSpan(_used));
        return _bytes.AsMemory(_used + carried.Length);
    }

    /// <summary>The bytes that were put first and those that were received since.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        var taken = _bytes.AsMemory(_used, count);
        _used += count;
        return taken;
    }
}
