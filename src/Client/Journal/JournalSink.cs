namespace ActorCompute.Client.Journal;

/// <summary>
/// Writes a journal on, and looks each time whether it is still the file that it wrote: what goes into a file that was removed,
/// or lies behind a gap, is recorded nowhere.
/// </summary>
internal sealed class JournalSink : IJournalSink
{
    private readonly string _folder;
    private readonly FileStream _stream;
    private long _length;

    public JournalSink(string folder, long end, FileStream held)
    {
        (_folder, _stream, _length) = (folder, held, end);
        if (_stream.Length > end) _stream.SetLength(end);
        _stream.Position = end;
    }

    /// <exception cref="JournalException">Something else changed the file.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        CheckLength();
        _stream.Write(bytes);
        _length += bytes.Length;
    }

    /// <exception cref="JournalException">Something else changed the file, or took its name away.</exception>
    public void Sync()
    {
        _stream.Flush(flushToDisk: true);
        CheckLength();
        if (!JournalFile.IsAt(_stream, _folder)) throw Lost("was removed or replaced while the job ran");
    }

    public void Dispose() => _stream.Dispose();

    private void CheckLength()
    {
        var length = RandomAccess.GetLength(_stream.SafeFileHandle);
        if (length != _length) throw Lost($"has {length} bytes instead of {_length}: something else wrote to it or cut it short while the job ran");
    }

    private JournalException Lost(string what) =>
        new(JournalFault.Storage, $"{JournalFile.PathOf(_folder)}: {what}; nothing more is recorded, and what it held is not safe. Begin the job anew with another folder.");
}
