using ActorCompute.Kinds.Fields;

namespace ActorCompute.Kinds.Bam;

/// <summary>A file's stamp among the fields of a job's parameters.</summary>
internal static class FileStampFields
{
    public static void Write(FileStamp stamp, FieldWriter fields)
    {
        fields.Text(stamp.Path);
        fields.Number(stamp.Length);
    }

    public static FileStamp Read(ref FieldReader fields) => new(fields.Text(), fields.SignedNumber());
}
