namespace ActorCompute.Kinds.Bam;

/// <summary>A file, and which index goes with it, among the fields of a job's parameters.</summary>
internal static class InputFileFields
{
    public static void Write(InputFile file, IndexChoice index, FieldWriter fields)
    {
        fields.Text(file.Path);
        fields.SignedNumber(file.Length);
        fields.NaturalNumber(file.LastWriteUtc.Ticks);
        fields.Truth(file.Sample.HasValue);
        fields.Number(file.Sample ?? 0);
        // No path is empty.
        fields.Text(index.Path ?? "");
        fields.Truth(index.IsLeftAlone);
    }

    public static (InputFile File, IndexChoice Index) Read(ref FieldReader fields)
    {
        var (path, length, ticks) = (fields.Text(), fields.SignedNumber(), fields.NaturalNumber());
        if (ticks > DateTime.MaxValue.Ticks) throw new FormatException($"{ticks} ticks are no time.");
        var (hasSample, sample) = (fields.Truth(), fields.Number());
        var file = new InputFile(path, length, new(ticks, DateTimeKind.Utc)) { Sample = hasSample ? sample : null };
        return (file, new(fields.Text() is { Length: > 0 } index ? index : null, fields.Truth()));
    }
}
