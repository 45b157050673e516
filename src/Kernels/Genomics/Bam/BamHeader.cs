using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// What stands before the records of a BAM file (SAM specification, section 4.2): the SAM header's text and the list of
/// references. The binary list counts; the text may lack its @SQ lines.
/// </summary>
/// <remarks><code>
/// "BAM\1" | l_text | text … | n_ref | n_ref × ( l_name | name … NUL | l_ref )      all numbers 32-bit little-endian
/// </code></remarks>
public sealed class BamHeader
{
    /// <summary>The longest text accepted: 256 MiB, a thousand times what a crowded header has.</summary>
    public const int MaxTextLength = 256 << 20;

    /// <summary>The most references accepted: 16 Mi; the most split-up assemblies have a few million.</summary>
    public const int MaxReferences = 16 << 20;

    /// <summary>The longest name accepted, its NUL included.</summary>
    public const int MaxNameLength = 65536;

    private readonly Dictionary<string, ReferenceSequence> _byName;

    private BamHeader(string text, ReferenceSequence[] references, Dictionary<string, ReferenceSequence> byName,
        VirtualOffset firstRecord)
    {
        Text = text;
        References = references;
        _byName = byName;
        FirstRecord = firstRecord;
    }

    /// <summary>The SAM header, lines of @HD, @SQ, @RG, @PG, @CO; may be empty.</summary>
    public string Text { get; }

    /// <summary>The references by number; empty in a file of unaligned reads.</summary>
    public IReadOnlyList<ReferenceSequence> References { get; }

    /// <summary>Where the records start.</summary>
    public VirtualOffset FirstRecord { get; }

    public bool TryFind(string name, [NotNullWhen(true)] out ReferenceSequence? reference) =>
        _byName.TryGetValue(name, out reference);

    /// <exception cref="BamException">Not BAM, or the header is damaged, cut off or beyond the limits above.</exception>
    /// <exception cref="BgzfException">A block of the header cannot be read.</exception>
    public static BamHeader Read(BgzfFile file, IInflater inflater)
    {
        using var data = new BgzfReader(file, inflater);
        return new Parser(file, data).Read();
    }

    private readonly ref struct Parser(BgzfFile file, BgzfReader data)
    {
        // Grows with what really is there, never by what a length field promises.
        private const int Piece = 1 << 20;

        public BamHeader Read()
        {
            CheckMagic();
            var text = ReadText();
            var count = ReadInt32();
            if (count is < 0 or > MaxReferences)
                throw Bad(BamError.BadHeader, $"n_ref is {count}; 0 to {MaxReferences} are accepted.");

            var references = new List<ReferenceSequence>();
            var byName = new Dictionary<string, ReferenceSequence>(StringComparer.Ordinal);
            var name = new byte[MaxNameLength];
            for (var id = 0; id < count; id++)
            {
                var reference = new ReferenceSequence(ReadName(name, id), (uint)ReadInt32(), id);
                references.Add(reference);
                if (!byName.TryAdd(reference.Name, reference))
                    throw Bad(BamError.BadHeader, $"two references are named '{reference.Name}'.");
            }

            return new BamHeader(text, [.. references], byName, data.Position);
        }

        private void CheckMagic()
        {
            Span<byte> magic = stackalloc byte[4];
            try
            {
                if (data.Read(magic) == 4 && magic.SequenceEqual("BAM\x01"u8))
                    return;
            }
            catch (BgzfException e) when (e.Error == BgzfError.NotBgzf)
            {
                throw Bad(BamError.NotBam, OtherFormat.Describe(file) ?? "it is not BGZF-compressed, and no format that is known here.");
            }

            if (file.Length == 0)
                throw Bad(BamError.NotBam, "the file is empty.");
            throw Bad(BamError.NotBam, OtherFormat.DescribeInflated(data, magic) ?? "it is BGZF-compressed, but what is in it does not start with 'BAM\\1'.");
        }

        private string ReadText()
        {
            var length = ReadInt32();
            if (length is < 0 or > MaxTextLength)
                throw Bad(BamError.BadHeader, $"l_text is {(uint)length}; 0 to {MaxTextLength} are accepted.");

            var bytes = new byte[Math.Min(length, Piece)];
            for (var filled = 0; filled < length;)
            {
                if (filled == bytes.Length)
                    Array.Resize(ref bytes, (int)Math.Min(length, 2L * filled));
                ReadExactly(bytes.AsSpan(filled));
                filled = bytes.Length;
            }

            // Some programs pad the text with NULs, to rewrite it in place.
            return Encoding.UTF8.GetString(bytes.AsSpan().TrimEnd((byte)0));
        }

        private string ReadName(byte[] buffer, int id)
        {
            var length = ReadInt32();
            if (length is < 1 or > MaxNameLength)
                throw Bad(BamError.BadHeader, $"l_name of reference {id} is {length}; 1 to {MaxNameLength} are accepted.");
            var name = buffer.AsSpan(0, length);
            ReadExactly(name);
            var end = name.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
        }

        private int ReadInt32()
        {
            Span<byte> bytes = stackalloc byte[4];
            ReadExactly(bytes);
            return BinaryPrimitives.ReadInt32LittleEndian(bytes);
        }

        private void ReadExactly(Span<byte> bytes)
        {
            if (data.Read(bytes) < bytes.Length)
                throw Bad(BamError.Truncated, "the file ends within the header. Get a complete copy.");
        }

        private BamException Bad(BamError error, string detail) => new(file.Path, default, error, detail);
    }
}
