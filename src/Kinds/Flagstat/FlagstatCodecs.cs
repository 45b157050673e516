using System.Buffers;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Flagstat;

/// <summary>The parameters, field by field.</summary>
internal sealed class FlagstatParametersCodec : ICodec<FlagstatParameters>
{
    public static FlagstatParametersCodec Instance { get; } = new();

    public void Write(FlagstatParameters value, IBufferWriter<byte> output) => InputFileFields.Write(value.File, value.Index, new(output));

    public FlagstatParameters Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        var (file, index) = InputFileFields.Read(ref fields);
        fields.End();
        return new(file, index);
    }
}

/// <summary>The counts of both columns in the order of their rows.</summary>
internal sealed class FlagstatCountsCodec : ICodec<FlagstatCounts>
{
    public static FlagstatCountsCodec Instance { get; } = new();

    public void Write(FlagstatCounts value, IBufferWriter<byte> output)
    {
        var fields = new FieldWriter(output);
        foreach (var counts in new[] { value.Statistics.Passed, value.Statistics.Failed })
        {
            long[] numbers =
            [
                counts.Total, counts.Primary, counts.Secondary, counts.Supplementary, counts.Duplicates, counts.PrimaryDuplicates, counts.Mapped, counts.PrimaryMapped,
                counts.PairedInSequencing, counts.Read1, counts.Read2, counts.ProperlyPaired, counts.BothMapped, counts.Singletons, counts.MateElsewhere, counts.MateElsewhereGood,
            ];
            foreach (var number in numbers) fields.SignedNumber(number);
        }

        fields.Truth(value.IsTruncated);
    }

    public FlagstatCounts Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        var counts = new FlagstatCounts(new(Column(ref fields), Column(ref fields)), fields.Truth());
        fields.End();
        return counts;
    }

    // Arguments are evaluated in order.
    private static FlagCounts Column(ref FieldReader fields) => new(
        Total: fields.SignedNumber(),
        Primary: fields.SignedNumber(),
        Secondary: fields.SignedNumber(),
        Supplementary: fields.SignedNumber(),
        Duplicates: fields.SignedNumber(),
        PrimaryDuplicates: fields.SignedNumber(),
        Mapped: fields.SignedNumber(),
        PrimaryMapped: fields.SignedNumber(),
        PairedInSequencing: fields.SignedNumber(),
        Read1: fields.SignedNumber(),
        Read2: fields.SignedNumber(),
        ProperlyPaired: fields.SignedNumber(),
        BothMapped: fields.SignedNumber(),
        Singletons: fields.SignedNumber(),
        MateElsewhere: fields.SignedNumber(),
        MateElsewhereGood: fields.SignedNumber());
}
