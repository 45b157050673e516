namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Writes index files part by part, right or not.</summary>
internal sealed class TestIndex
{
    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    private TestIndex() => _writer = new BinaryWriter(_stream);

    public static TestIndex Of(ReadOnlySpan<byte> magic) => new TestIndex().Raw(magic);

    public static TestIndex Bai(int references) => Of("BAI\x01"u8).Int(references);

    public static TestIndex Csi(int minShift, int depth, int references) =>
        Of("CSI\x01"u8).Int(minShift).Int(depth).Int(0).Int(references);

    public byte[] Bytes => _stream.ToArray();

    private TestIndex Raw(ReadOnlySpan<byte> bytes)
    {
        _writer.Write(bytes);
        return this;
    }

    public TestIndex Int(long value)
    {
        _writer.Write((int)value);
        return this;
    }

    public TestIndex Long(ulong value)
    {
        _writer.Write(value);
        return this;
    }
}
