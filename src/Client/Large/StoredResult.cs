using System.Buffers;

namespace ActorCompute.Client.Large;

/// <summary>A result in a file, which is read when somebody looks at the result, and gone then.</summary>
internal sealed class StoredResult(FileStream file, int length) : MemoryManager<byte>
{
    private readonly Lock _lock = new();
    private byte[]? _bytes;

    public override Memory<byte> Memory => CreateMemory(length);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public override Span<byte> GetSpan()
    {
        lock (_lock) return _bytes ??= Read();
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        GetSpan();
        return _bytes.AsMemory(elementIndex).Pin();
    }

    public override void Unpin()
    {
    }

    protected override bool TryGetArray(out ArraySegment<byte> segment)
    {
        GetSpan();
        segment = new(_bytes!);
        return true;
    }

    protected override void Dispose(bool disposing) => file.Dispose();

    private byte[] Read()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        for (var read = 0; read < length;)
        {
            var some = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read), read);
            if (some == 0) throw new EndOfStreamException($"the file of a result ends after {read} of {length} bytes.");
            read += some;
        }

        file.Dispose();
        return bytes;
    }
}
