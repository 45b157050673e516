using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Builds BAM data and BGZF files byte by byte, with none of the code under test.</summary>
internal static class TestBam
{
    public static readonly byte[] EndOfFile = Convert.FromHexString("1F8B08040000000000FF0600424302001B0003000000000000000000");

    /// <summary>The inflated bytes of a header.</summary>
    public static byte[] Header(params (string Name, int Length)[] references) =>
        HeaderWithText(string.Concat(references.Select(r => $"@SQ\tSN:{r.Name}\tLN:{r.Length}\n")), references);

    public static byte[] HeaderWithText(string text, params (string Name, int Length)[] references)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("BAM\x01"u8);
        writer.Write(text.Length);
        writer.Write(Encoding.ASCII.GetBytes(text));
        writer.Write(references.Length);
        foreach (var (name, length) in references)
        {
            writer.Write(name.Length + 1);
            writer.Write(Encoding.ASCII.GetBytes(name + '\0'));
            writer.Write(length);
        }

        return stream.ToArray();
    }

    /// <summary>Compresses data into blocks of this size, and ends the file as it should.</summary>
    public static byte[] Compress(byte[] data, int blockSize = 65280, bool endOfFile = true) =>
        [.. data.Chunk(blockSize).SelectMany(Block), .. endOfFile ? EndOfFile : []];

    public static byte[] Block(byte[] content)
    {
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(content);
        return Block(deflated.Length == 0 ? [3, 0] : deflated.ToArray(), Crc32(content), (uint)content.Length);
    }

    /// <summary>A block of these parts, right or not.</summary>
    public static byte[] Block(byte[] deflated, uint crc, uint inflatedSize)
    {
        var block = new byte[18 + deflated.Length + 8];
        EndOfFile.AsSpan(0, 16).CopyTo(block);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(16), (ushort)(block.Length - 1));
        deflated.CopyTo(block, 18);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(block.Length - 8), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(block.Length - 4), inflatedSize);
        return block;
    }

    /// <summary>Bit by bit, as the definition has it.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var next in bytes)
        {
            crc ^= next;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
