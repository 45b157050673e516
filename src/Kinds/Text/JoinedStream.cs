namespace ActorCompute.Kinds;

/// <summary>Two streams one behind the other, to be read; both are disposed with it.</summary>
internal sealed class JoinedStream(Stream first, Stream second) : ForwardStream
{
    private bool _isInSecond;

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
