namespace ActorCompute.Kinds.Bam;

/// <summary>A file's stamp, and which index goes with it, among the fields of a job's parameters.</summary>
internal static class FileStampFields
{
    public static void Write(FileStamp stamp, IndexChoice index, FieldWriter fields)
    {
        fields.Text(stamp.Path);
        fields.SignedNumber(stamp.Length);
        // No path is empty.
        fields.Text(index.Path ?? "");
        fields.Truth(index.IsLeftAlone);
    }

    public static (FileStamp File, IndexChoice Index) Read(ref FieldReader fields)
    {
        var stamp = new FileStamp(fields.Text(), fields.SignedNumber());
        return (stamp, new(fields.Text() is { Length: > 0 } path ? path : null, fields.Truth()));
    }
}
