namespace ActorCompute.Worker.Commands;

/// <summary>What is kept of what a program writes: the first bytes, or the last. The rest is read and let go, so that the program is not held up.</summary>
/// <param name="most">Bytes to keep.</param>
/// <param name="keepsLast">The last ones, as of standard error.</param>
internal sealed class KeptOutput(int most, bool keepsLast)
{
    private const int Smallest = 4096;

    private byte[] _bytes = [];
    private int _count;

    /// <summary>There was more.</summary>
    public bool IsCut { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (keepsLast)
        {
            AddLast(bytes);
            return;
        }

        var taken = Math.Min(bytes.Length, most - _count);
        IsCut |= taken < bytes.Length;
        Append(bytes[..taken]);
    }

    public ReadOnlyMemory<byte> Take() => _bytes.AsMemory(Math.Max(0, _count - most), Math.Min(_count, most));

    private void AddLast(ReadOnlySpan<byte> bytes)
    {
        IsCut |= bytes.Length > most - Math.Min(_count, most);
        if (bytes.Length > most) bytes = bytes[^most..];
        // Twice as much before the rest is moved to the front: a byte is moved once.
        if ((long)_count + bytes.Length > 2L * most)
        {
            var kept = Math.Min(_count, most);
            _bytes.AsSpan(_count - kept, kept).CopyTo(_bytes);
            _count = kept;
        }

        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var needed = _count + bytes.Length;
        if (needed > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Max(needed, Math.Min(Math.Max(Smallest, 2L * _bytes.Length), keepsLast ? 2L * most : most)));
        bytes.CopyTo(_bytes.AsSpan(_count));
        _count = needed;
    }
}
