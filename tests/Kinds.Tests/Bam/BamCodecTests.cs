using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;
using ActorCompute.Kinds.Flagstat;
using ActorCompute.Kinds.Scan;

namespace ActorCompute.Kinds.Tests.Bam;

/// <summary>What travels for a scan: comes back as it was, and bytes that are none of it are refused with a word.</summary>
public sealed class BamCodecTests
{
    private static readonly BamTask Task = new(BamTargetKind.Region, "chr1:1–5", new(3, [new(new(0), new(ulong.MaxValue)), new(new(1), new(2))], PartEnd.Cut), -1, long.MaxValue, long.MinValue, 7, int.MaxValue, 0);

    private static readonly ScanParameters Parameters = new(new("/x/ü.bam", 1L << 40, new(2024, 5, 6, 7, 8, 9, 10, DateTimeKind.Utc)) { Sample = ulong.MaxValue }, new("/y/ü.bai", IsLeftAlone: true), ["*", "", "chr2"], ushort.MaxValue, 0, 255);

    private static readonly ScanCounts Counts = new([new("chr1", 5, 6), new("*", 0, long.MaxValue)], 11, true);

    // No two alike, so that none can stand in for another.
    private static readonly FlagstatCounts Flags = new(new(Distinct(1), Distinct(1000)), false);

    [Fact]
    public void WriteRead_EachType_IsTheSame()
    {
        var task = Again(BamTaskCodec.Instance, Task);
        Assert.Equal(Task with { Part = task.Part }, task);
        Assert.Equal(Task.Part with { Ranges = task.Part.Ranges }, task.Part);
        Assert.Equal(Task.Part.Ranges, task.Part.Ranges);
        Assert.Null(Again(BamTaskCodec.Instance, Task with { Expected = null }).Expected);
        var parameters = Again(ScanParametersCodec.Instance, Parameters);
        Assert.Equal(Parameters.Regions, parameters.Regions);
        Assert.Equal(Parameters with { Regions = [] }, parameters with { Regions = [] });
        var (read, bare) = (parameters.File, Parameters.File with { Sample = null });
        Assert.Equal(DateTimeKind.Utc, read.LastWriteUtc.Kind);
        Assert.Equal(bare, Again(FlagstatParametersCodec.Instance, new(bare, Parameters.Index)).File);
        var counts = Again(ScanCountsCodec.Instance, Counts);
        Assert.Equal(Counts.Rows, counts.Rows);
        Assert.Equal((Counts.Records, Counts.IsTruncated), (counts.Records, counts.IsTruncated));
        Assert.Equal(Flags, Again(FlagstatCountsCodec.Instance, Flags));
        Assert.Equal(new(Parameters.File, Parameters.Index), Again(FlagstatParametersCodec.Instance, new(Parameters.File, Parameters.Index)));
    }

    /// <summary>Workers of the same release read it; a journal has a checksum of it.</summary>
    [Fact]
    public void Write_Task_IsTheSameBytesAsEver() =>
        Assert.Equal("020A636872313A31E2809335" + "0601FEFFFFFFFFFFFFFFFF01FFFFFFFFFFFFFFFFFF01" + "0EFEFFFFFF0F" + "0100" + "0202" + "00FFFFFFFFFFFFFFFFFF01" + "0102", Convert.ToHexString(BamTaskCodec.Instance.ToBytes(Task)));

    [Fact]
    public void Read_BytesChangedCutOrRandom_IsAValueOrAFormatException()
    {
        var random = new Random(1);
        Action<byte[]>[] reads =
        [
            bytes => BamTaskCodec.Instance.Read(bytes), bytes => ScanParametersCodec.Instance.Read(bytes), bytes => ScanCountsCodec.Instance.Read(bytes),
            bytes => FlagstatCountsCodec.Instance.Read(bytes), bytes => FlagstatParametersCodec.Instance.Read(bytes),
        ];
        byte[][] sound =
        [
            BamTaskCodec.Instance.ToBytes(Task), ScanParametersCodec.Instance.ToBytes(Parameters), ScanCountsCodec.Instance.ToBytes(Counts),
            FlagstatCountsCodec.Instance.ToBytes(Flags), FlagstatParametersCodec.Instance.ToBytes(new(Parameters.File, Parameters.Index)),
        ];
        for (var round = 0; round < 20_000; round++)
        {
            var kind = round % sound.Length;
            var bytes = round % 3 == 0 ? new byte[random.Next(60)] : (byte[])sound[kind].Clone();
            if (round % 3 == 0) random.NextBytes(bytes);
            else if (round % 3 == 1) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            else bytes = bytes[..random.Next(bytes.Length)];
            if (round % 3 == 2) Assert.Throws<FormatException>(() => reads[kind](bytes));
            else Assert.True(Record.Exception(() => reads[kind](bytes)) is null or FormatException);
        }
    }

    private static T Again<T>(ICodec<T> codec, T value) => codec.Read(codec.ToBytes(value));

    private static FlagCounts Distinct(long from)
    {
        var constructor = typeof(FlagCounts).GetConstructors().Single(constructor => constructor.GetParameters().Length == 16);
        return (FlagCounts)constructor.Invoke([.. Enumerable.Range(0, 16).Select(i => (object)(from + i))]);
    }
}
