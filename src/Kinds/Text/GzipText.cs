using System.IO.Compression;

namespace ActorCompute.Kinds;

/// <summary>
/// Text that may be compressed by gzip, which its first bytes tell: bgzip's many members, or one. What GZipStream passes over
/// in silence, a file that was cut off or has something else behind it, is an error here.
/// </summary>
/// <remarks>
/// A member of our own is put behind the file. Its content comes out in the end only if the file ended as a whole member does:
/// <code>| member | member … |  \0 end \0  |</code>
/// </remarks>
internal sealed class GzipText : ForwardStream
{
    private static readonly byte[] Sentinel = [0, .. "end"u8, 0];

    private readonly Stream _file;
    private readonly GZipStream _text;

    // What was read ahead: the last bytes may be the sentinel.
    private readonly byte[] _ahead = new byte[1 << 16];
    private int _next;
    private int _filled;
    private bool _isAtEnd;

    private GzipText(Stream file)
    {
        _file = file;
        _text = new(new JoinedStream(file, new MemoryStream(Compress(Sentinel))), CompressionMode.Decompress);
    }

    /// <summary>The text of a file.</summary>
    /// <param name="file">At its start; it need not be able to go back there.</param>
    public static Stream Open(Stream file)
    {
        var start = new byte[2];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new JoinedStream(new MemoryStream(start, 0, read), file);
        return start is [0x1F, 0x8B] ? new GzipText(whole) : whole;
    }

    /// <exception cref="InvalidDataException">The compressed data are damaged or cut off.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0) return 0;
        while (!_isAtEnd && _filled - _next <= Sentinel.Length) Fill();
        var given = Math.Min(count, _filled - _next - (_isAtEnd ? 0 : Sentinel.Length));
        _ahead.AsSpan(_next, given).CopyTo(buffer.AsSpan(offset));
        _next += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _ahead.AsSpan(_next.._filled).CopyTo(_ahead);
        (_next, _filled) = (0, _filled - _next);
        int read;
        try
        {
            read = _text.Read(_ahead, _filled, _ahead.Length - _filled);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }

        _filled += read;
        if (read > 0) return;
        _isAtEnd = true;
        if (!_ahead.AsSpan(0, _filled).EndsWith(Sentinel)) throw Damaged(null);
        _filled -= Sentinel.Length;
    }

    private static InvalidDataException Damaged(Exception? inner) => new("its compressed data (gzip) are damaged or cut off.", inner);

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return compressed.ToArray();
    }
}
