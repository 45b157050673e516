using System.Buffers;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Fields;

namespace ActorCompute.Kinds.Bam;

/// <summary>A part, field by field.</summary>
internal sealed class BamPartCodec : ICodec<BamPart>
{
    public static BamPartCodec Instance { get; } = new();

    public void Write(BamPart value, IBufferWriter<byte> output)
    {
        var fields = new FieldWriter(output);
        fields.Number((long)value.Kind);
        fields.Text(value.Label);
        fields.Number((long)value.Reference);
        fields.Number(value.First);
        fields.Number(value.Last);
        fields.Number(value.Length);
        fields.Number((long)value.Target);
        fields.Number((long)value.Parts);
        fields.Truth(value.Expected.HasValue);
        fields.Number(value.Expected ?? 0);
        fields.Number((long)value.End);
        var ranges = value.Ranges ?? [];
        fields.Number((ulong)ranges.Count);
        foreach (var range in ranges)
        {
            fields.Number(range.Begin);
            fields.Number(range.End);
        }
    }

    public BamPart Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        var (kind, label, reference) = ((BamPartKind)fields.SmallNumber(), fields.Text(), fields.SmallNumber());
        var (first, last, length) = (fields.SignedNumber(), fields.SignedNumber(), fields.SignedNumber());
        var (target, parts) = (fields.SmallNumber(), fields.SmallNumber());
        var (isExpected, expected) = (fields.Truth(), fields.SignedNumber());
        var end = (SliceEnd)fields.SmallNumber();
        var ranges = new BamPartRange[fields.Count()];
        for (var i = 0; i < ranges.Length; i++) ranges[i] = new(fields.Number(), fields.Number());
        fields.End();
        return new(kind, label, reference, first, last, length, target, parts, isExpected ? expected : null, ranges, end);
    }
}
