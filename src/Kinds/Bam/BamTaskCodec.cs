using System.Buffers;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>A task, field by field.</summary>
internal sealed class BamTaskCodec : ICodec<BamTask>
{
    public static BamTaskCodec Instance { get; } = new();

    public void Write(BamTask value, IBufferWriter<byte> output)
    {
        var fields = new FieldWriter(output);
        fields.SignedNumber((long)value.Kind);
        fields.Text(value.Label);
        fields.SignedNumber(value.Part.ReferenceId);
        fields.SignedNumber(value.First);
        fields.SignedNumber(value.Last);
        fields.SignedNumber(value.Length);
        fields.SignedNumber(value.Target);
        fields.SignedNumber(value.Parts);
        fields.Truth(value.Expected.HasValue);
        fields.SignedNumber(value.Expected ?? 0);
        fields.SignedNumber((long)value.Part.End);
        fields.Number((ulong)value.Part.Ranges.Count);
        foreach (var range in value.Part.Ranges)
        {
            fields.Number(range.Begin.Value);
            fields.Number(range.End.Value);
        }
    }

    public BamTask Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        var (kind, label, reference) = ((BamTargetKind)fields.SmallNumber(), fields.Text(), fields.SmallNumber());
        var (first, last, length) = (fields.SignedNumber(), fields.SignedNumber(), fields.SignedNumber());
        var (target, parts) = (fields.SmallNumber(), fields.SmallNumber());
        var (isExpected, expected) = (fields.Truth(), fields.SignedNumber());
        var end = (PartEnd)fields.SmallNumber();
        var ranges = new VirtualRange[fields.Count()];
        for (var i = 0; i < ranges.Length; i++) ranges[i] = new(new(fields.Number()), new(fields.Number()));
        fields.End();
        return new(kind, label, new(reference, ranges, end), first, last, length, target, parts, isExpected ? expected : null);
    }
}
