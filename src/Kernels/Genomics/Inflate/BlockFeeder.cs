namespace ActorCompute.Kernels.Genomics;

/// <summary>A read-only stream over the bytes of one gzip member, given anew for each.</summary>
internal sealed unsafe class BlockFeeder : Stream
{
    private byte* _next;
    private int _left;

    public bool IsEmpty => _left == 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The caller keeps the memory pinned until it feeds anew.</summary>
    public void Feed(byte* start, int length)
    {
        _next = start;
        _left = length;
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _left);
        new ReadOnlySpan<byte>(_next, count).CopyTo(buffer);
        _next += count;
        _left -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
