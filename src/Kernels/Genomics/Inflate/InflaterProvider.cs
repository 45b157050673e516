namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// A library that inflates and deflates. Providers are found by <see cref="Inflaters"/>; their name and
/// version are for people (<c>info</c>, logs).
/// </summary>
public abstract class InflaterProvider
{
    private protected InflaterProvider(string name, string version)
    {
        Name = name;
        Version = version;
    }

    /// <summary>The library's name: <c>libdeflate</c> or <c>System.IO.Compression</c>.</summary>
    public string Name { get; }

    /// <summary>What is known of the library's version; libdeflate tells no more than its binary interface.</summary>
    public string Version { get; }

    /// <summary>A new inflater for the calling thread. Dispose it.</summary>
    public abstract IInflater CreateInflater();

    /// <summary>A new deflater for the calling thread, level 1 (fast) to 9 (small).</summary>
    internal abstract IDeflater CreateDeflater(int level);

    /// <summary>The CRC-32 of RFC 1952 section 8 over the bytes.</summary>
    public abstract uint Crc32(ReadOnlySpan<byte> bytes);

    public override string ToString() => $"{Name} {Version}";
}

/// <summary>Deflates the content of one block at a time; of one thread at a time, like <see cref="IInflater"/>.</summary>
internal interface IDeflater : IDisposable
{
    /// <summary>Writes a raw DEFLATE stream; the number of bytes written, or 0 when they do not fit.</summary>
    int Deflate(ReadOnlySpan<byte> source, Span<byte> destination);
}
