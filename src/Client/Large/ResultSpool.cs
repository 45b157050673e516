using ActorCompute.Messages;

namespace ActorCompute.Client.Large;

/// <summary>A large result as it comes: a file that nobody else sees, and that goes when the result was read or nobody wants it.</summary>
internal sealed class ResultSpool : IDisposable
{
    private readonly FileStream _file;
    private uint _crc;

    /// <exception cref="IOException">There is no place for it.</exception>
    public ResultSpool(long length)
    {
        Length = length;
        _file = TemporaryFile.Create(length);
    }

    /// <summary>Bytes of the whole.</summary>
    public long Length { get; }

    /// <summary>Bytes that are here: where the next piece begins.</summary>
    public long Written { get; private set; }

    public bool IsComplete => Written == Length;

    /// <summary>Takes a piece, if it is the next; one that came before changes nothing.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Add(long offset, ReadOnlySpan<byte> data)
    {
        if (offset != Written || data.Length > Length - Written) return;
        RandomAccess.Write(_file.SafeFileHandle, data, offset);
        _crc = Crc32C.Append(_crc, data);
        Written += data.Length;
    }

    /// <summary>The result, if it is what the worker sent. The file is the result's from here on.</summary>
    public ReadOnlyMemory<byte>? Take(LargeResult sent)
    {
        if (!IsComplete || Length != sent.Length || _crc != sent.Crc32C) return null;
        return new StoredResult(_file, (int)Length).Memory;
    }

    public void Dispose() => _file.Dispose();
}
