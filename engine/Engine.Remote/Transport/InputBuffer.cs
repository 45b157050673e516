using System.Buffers;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>
/// Bytes that came and wait to become frames. Pooled; grows only for a frame that is longer, and only as its bytes arrive, so
/// that a length field alone cannot make us allocate.
/// </summary>
internal sealed class InputBuffer
{
    private const int Initial = 128 * 1024;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    /// <summary>What came and was not taken.</summary>
    public ReadOnlySpan<byte> Waiting => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Waits for bytes. False when the peer has closed.</summary>
    public bool Fill(Connection connection)
    {
        MakeRoom();
        var count = connection.Read(_bytes.AsSpan(_end));
        _end += count;
        return count > 0;
    }

    /// <summary>The next frame that is there whole. The body is valid until the next <see cref="Fill"/>.</summary>
    public bool TryTake(int maximum, out FrameKind kind, out ReadOnlySpan<byte> body)
    {
        var taken = Frame.TryRead(_bytes.AsSpan(_start, _end - _start), maximum, out kind, out body);
        _start += taken;
        return taken > 0;
    }

    /// <summary>Waits for one whole frame.</summary>
    public FrameKind ReadFrame(Connection connection, int maximum, out ReadOnlySpan<byte> body)
    {
        FrameKind kind;
        while (!TryTake(maximum, out kind, out body))
        {
            if (!Fill(connection))
                throw new EndOfStreamException("the other side closed the connection");
        }
        return kind;
    }

    public void Release()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    private void MakeRoom()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_bytes.Length - _end >= _bytes.Length / 4 && _bytes.Length > 0)
            return;
        var count = _end - _start;
        if (count <= _bytes.Length / 2 && _bytes.Length > 0)
        {
            Buffer.BlockCopy(_bytes, _start, _bytes, 0, count);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Initial, _bytes.Length * 2));
            Buffer.BlockCopy(_bytes, _start, larger, 0, count);
            if (_bytes.Length > 0)
                ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        _start = 0;
        _end = count;
    }
}
