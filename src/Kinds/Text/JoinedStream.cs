namespace ActorCompute.Kinds;

/// <summary>Two streams one behind the other, to be read; both are disposed with it.</summary>
internal sealed class JoinedStream(Stream first, Stream second) : Stream
{
    private bool _isInSecond;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (!_isInSecond)
        {
            var read = first.Read(buffer, offset, count);
            if (read > 0 || count == 0) return read;
            _isInSecond = true;
        }

        return second.Read(buffer, offset, count);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            first.Dispose();
            second.Dispose();
        }

        base.Dispose(disposing);
    }
}
