using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>Opens files for a job: what the kernels throw becomes a sentence for the person who named the file.</summary>
internal static class BamInput
{
    /// <exception cref="InputException">It cannot be opened, is no BAM, or is another than the client's.</exception>
    public static BamFile OpenFile(FileStamp stamp) => Guard(stamp.Path, () =>
    {
        FileStamp.CheckType(stamp.Path, "a BAM file");
        if (!File.Exists(stamp.Path)) throw new InputException($"{stamp.Path}: {FileProblem.Missing(stamp.Path)}");
        var file = BamFile.Open(stamp.Path);
        try
        {
            // The opened file's own length: a link may lead elsewhere by now, or on this machine.
            stamp.Check(file.Data.Length);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>What a plan says it reads: the file, and its index if there is one.</summary>
    public static IReadOnlyList<InputFile> FilesOf(BamFile file, BamIndex? index) =>
        index is null ? [InputFile.Of(file.Path)] : [InputFile.Of(file.Path), InputFile.Of(index.Path)];

    public static Note CutOff(BamFile file) =>
        new($"{file.Path}: has no end-of-file block; it was probably cut off, and only what is there is counted.", IsIncomplete: true);

    /// <summary>Runs what touches files.</summary>
    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (GenomicsFileException e)
        {
            // Names the file itself: it may be the index.
            throw new InputException(e.Message, e);
        }
        catch (NotSupportedException e)
        {
            // An inflate library was asked for that is not on this machine.
            throw new InputException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
