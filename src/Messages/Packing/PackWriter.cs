using System.Buffers;

namespace ActorCompute.Messages.Packing;

/// <summary>
/// Writes many small values one behind the other into one buffer: tiny tasks that travel as one, or their results.
/// </summary>
/// <remarks>
/// <code>
/// item: tag    varint, (length of the value &lt;&lt; 1) | failed
///       value  length bytes
/// </code>
/// </remarks>
public sealed class PackWriter : IBufferWriter<byte>
{
    private byte[] _buffer = new byte[1024];
    private int _begin;
    private int _end;

    /// <summary>Everything that was ended.</summary>
    public ReadOnlySpan<byte> Written => WrittenMemory.Span;

    /// <inheritdoc cref="Written"/>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _begin);

    /// <summary>Bytes of it.</summary>
    public int Length => _begin;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => (_begin, _end) = (0, 0);

    /// <summary>A value begins. One that was begun and not ended is forgotten.</summary>
    public void Begin()
    {
        _end = _begin;
        EnsureRoom(1);
        // Most tags take one byte.
        _end = _begin + 1;
    }

    /// <summary>The value that was begun is whole.</summary>
    public void End(bool failed = false)
    {
        var length = _end - _begin - 1;
        var tag = PackFormat.Tag(length, failed);
        EnsureRoom(PackFormat.SizeOf(tag) - 1);
        _begin = _end = _begin + PackFormat.PutTag(_buffer.AsSpan(_begin), length, tag);
    }

    /// <summary>Writes a whole value as <see cref="ValueCodec{T}"/> does.</summary>
    public void Add<T>(T value)
    {
        EnsureRoom(PackFormat.LongestNumber);
        var written = PackFormat.PutNumber(_buffer.AsSpan(_begin), value);
        if (written > 0)
        {
            _end = _begin += written;
            return;
        }

        Begin();
        ValueCodec<T>.Instance.Write(value, this);
        End();
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _end);
        _end += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_end);
    }

    private void EnsureRoom(int needed)
    {
        if (_buffer.Length - _end < needed) Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, checked(_end + needed)));
    }
}
