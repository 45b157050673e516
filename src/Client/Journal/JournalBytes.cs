namespace ActorCompute.Client.Journal;

/// <summary>Reads at any offset through one window that moves along: cheap from front to back, and for small steps back and forth.</summary>
internal sealed class JournalBytes(Stream stream)
{
    private const int Window = 1 << 18;

    private byte[] _window = new byte[Window];
    private long _from;
    private int _count;

    /// <summary>The length when it was opened: what is written later is not looked at.</summary>
    public long Length { get; } = stream.Length;

    /// <summary>So many bytes, or as many as there are. Good until the next call.</summary>
    public ReadOnlyMemory<byte> At(long offset, int count)
    {
        count = (int)Math.Clamp(Length - offset, 0, count);
        if (offset < _from || offset + count > _from + _count) Move(offset, count);
        var start = (int)(offset - _from);
        return _window.AsMemory(start, Math.Min(count, _count - start));
    }

    private void Move(long offset, int count)
    {
        var kept = offset >= _from && offset < _from + _count ? (int)(_from + _count - offset) : 0;
        var source = _window;
        if (count > _window.Length) _window = new byte[count];
        Array.Copy(source, _count - kept, _window, 0, kept);
        (_from, _count) = (offset, kept);
        stream.Position = offset + kept;
        // A little behind the start is wanted again after the end of a record, so the window is filled, not just what is asked for.
        var wanted = (int)Math.Min(_window.Length, Length - offset);
        while (_count < wanted)
        {
            var read = stream.Read(_window, _count, wanted - _count);
            if (read == 0) break;
            _count += read;
        }
    }
}
