namespace ActorCompute.Kernels.Genomics;

/// <summary>An open BAM file with its header read. Any number of scans on any threads can share one.</summary>
public sealed class BamFile : IDisposable
{
    private BamFile(BgzfFile data, BamHeader header)
    {
        Data = data;
        Header = header;
    }

    public string Path => Data.Path;

    public BgzfFile Data { get; }

    public BamHeader Header { get; }

    /// <inheritdoc cref="BgzfFile.HasEndOfFileBlock"/>
    public bool HasEndOfFileBlock => Data.HasEndOfFileBlock;

    /// <exception cref="IOException">The file is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    /// <exception cref="BamException">It is not BAM, or its header is damaged.</exception>
    /// <exception cref="BgzfException">A block of the header cannot be read.</exception>
    public static BamFile Open(string path)
    {
        var data = BgzfFile.Open(path);
        try
        {
            using var inflater = Inflaters.Default.CreateInflater();
            return new BamFile(data, BamHeader.Read(data, inflater));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public void Dispose() => Data.Dispose();
}
