using System.Buffers;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>The parameters, field by field.</summary>
internal sealed class ScanParametersCodec : ICodec<ScanParameters>
{
    public static ScanParametersCodec Instance { get; } = new();

    public void Write(ScanParameters value, IBufferWriter<byte> output)
    {
        var fields = new FieldWriter(output);
        InputFileFields.Write(value.File, value.Index, fields);
        fields.Number((ulong)value.Regions.Count);
        foreach (var region in value.Regions) fields.Text(region);
        fields.SignedNumber(value.RequiredFlags);
        fields.SignedNumber(value.ExcludedFlags);
        fields.SignedNumber(value.MinimumMappingQuality);
    }

    public ScanParameters Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        var (file, index) = InputFileFields.Read(ref fields);
        var regions = new string[fields.Count()];
        for (var i = 0; i < regions.Length; i++) regions[i] = fields.Text();
        var (required, excluded, quality) = (fields.SmallNumber(), fields.SmallNumber(), fields.SmallNumber());
        fields.End();
        if (required is < 0 or > ushort.MaxValue || excluded is < 0 or > ushort.MaxValue || quality is < 0 or > byte.MaxValue) throw new FormatException("these are no flags or no mapping quality.");
        return new(file, index, regions, (ushort)required, (ushort)excluded, (byte)quality);
    }
}

/// <summary>Counts, row by row.</summary>
internal sealed class ScanCountsCodec : ICodec<ScanCounts>
{
    public static ScanCountsCodec Instance { get; } = new();

    public void Write(ScanCounts value, IBufferWriter<byte> output)
    {
        var fields = new FieldWriter(output);
        fields.Number((ulong)value.Rows.Count);
        foreach (var row in value.Rows)
        {
            fields.Text(row.Label);
            fields.SignedNumber(row.Length);
            fields.SignedNumber(row.Reads);
        }

        fields.SignedNumber(value.Records);
        fields.Truth(value.IsTruncated);
    }

    public ScanCounts Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        var rows = new ScanCount[fields.Count()];
        for (var i = 0; i < rows.Length; i++) rows[i] = new(fields.Text(), fields.SignedNumber(), fields.SignedNumber());
        var counts = new ScanCounts(rows, fields.SignedNumber(), fields.Truth());
        fields.End();
        return counts;
    }
}
