using System.Buffers.Binary;
using System.Text;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>A BAM record to write, in the terms of SAM's columns; positions count from 0.</summary>
internal sealed record TestRecord(
    int ReferenceId, int Position, string Cigar = "10M", ushort Flags = 0, byte MappingQuality = 60, string Name = "r")
{
    /// <summary>l_seq; when not said, as many as the CIGAR goes along, or 10 where there is none.</summary>
    public int Bases
    {
        get => field >= 0 ? field : Cigar == "*" ? 10 : ParseCigar(Cigar).Where(operation => "MIS=X".Contains("MIDNSHP=X"[(int)(operation & 15)])).Sum(operation => (int)(operation >> 4));
        init;
    } = -1;

    /// <summary>next_refID.</summary>
    public int MateReferenceId { get; init; } = -1;

    /// <summary>next_pos, from 0.</summary>
    public int MatePosition { get; init; } = -1;

    /// <summary>The encoded tags.</summary>
    public byte[] Tags { get; init; } = [];

    public static TestRecord Unplaced(string name = "u") => new(-1, -1, "*", 4, 0, name);

    /// <summary>All bytes, block_size included.</summary>
    public byte[] Encode()
    {
        var cigar = ParseCigar(Cigar);
        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body);
        writer.Write(ReferenceId);
        writer.Write(Position);
        writer.Write((byte)(Name.Length + 1));
        writer.Write(MappingQuality);
        writer.Write((ushort)0);
        writer.Write((ushort)cigar.Count);
        writer.Write(Flags);
        writer.Write(Bases);
        writer.Write(MateReferenceId);
        writer.Write(MatePosition);
        writer.Write(0);
        writer.Write(Encoding.ASCII.GetBytes(Name + '\0'));
        foreach (var operation in cigar)
            writer.Write(operation);
        writer.Write(Enumerable.Repeat((byte)0x11, (Bases + 1) / 2).ToArray());
        writer.Write(Enumerable.Repeat((byte)30, Bases).ToArray());
        writer.Write(Tags);
        var record = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, (int)body.Length);
        body.ToArray().CopyTo(record, 4);
        return record;
    }

    /// <summary>The tag CG:B:I with these operations.</summary>
    public static byte[] LongCigarTag(string cigar)
    {
        var operations = ParseCigar(cigar);
        using var tag = new MemoryStream();
        using var writer = new BinaryWriter(tag);
        writer.Write("CGBI"u8);
        writer.Write(operations.Count);
        foreach (var operation in operations)
            writer.Write(operation);
        return tag.ToArray();
    }

    private static List<uint> ParseCigar(string cigar)
    {
        var operations = new List<uint>();
        var length = 0u;
        foreach (var c in cigar.Where(_ => cigar != "*"))
        {
            if (char.IsAsciiDigit(c))
            {
                length = length * 10 + c - '0';
                continue;
            }

            operations.Add(length << 4 | (uint)"MIDNSHP=X".IndexOf(c));
            length = 0;
        }

        return operations;
    }
}
