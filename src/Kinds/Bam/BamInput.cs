using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>Opens files for a job: what the kernels throw becomes a sentence for the person who named the file.</summary>
internal static class BamInput
{
    /// <exception cref="InputException">It cannot be opened, or is no BAM.</exception>
    public static BamFile OpenFile(FileStamp stamp) => Guard(stamp.Path, () =>
    {
        stamp.Check();
        return BamFile.Open(stamp.Path);
    });

    /// <summary>The file's index, or null where there is none.</summary>
    /// <exception cref="InputException">It cannot be read, or belongs to another file.</exception>
    public static BamIndex? OpenIndex(BamFile file) =>
        Guard(file.Path, () => BamIndexLocator.Find(file.Path) is { } path ? BamIndex.Load(file, path) : null);

    /// <summary>What a plan says it reads: the file, and its index if there is one.</summary>
    public static IReadOnlyList<InputFile> FilesOf(BamFile file, BamIndex? index) =>
        index is null ? [InputFile.Of(file.Path)] : [InputFile.Of(file.Path), InputFile.Of(index.Path)];

    public static Note CutOff(BamFile file) =>
        new($"{file.Path}: has no end-of-file block; it was probably cut off, and only what is there is counted.", IsIncomplete: true);

    public static Note OldIndex(BamIndex index) =>
        new($"{index.Path}: is older than the BAM file; if that has changed since, make it again with 'samtools index'.");

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
        catch (Exception e) when (e is RegionException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
