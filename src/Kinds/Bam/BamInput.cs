using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>Opens files for a job: what the kernels throw becomes a sentence for the person who named the file.</summary>
internal static class BamInput
{
    /// <summary>Looks at a file: the one that would be opened, whatever links lead to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for errors.</param>
    /// <exception cref="InputException">It is not there, or is no file that a worker can open.</exception>
    public static InputFile Look(string path, string what) => Guard(path, () =>
    {
        CheckType(path, what);
        return InputFile.Of(path);
    });

    /// <exception cref="InputException">It cannot be opened, is no BAM, or is another than the client's.</exception>
    public static BamFile OpenFile(InputFile input) => Guard(input.Path, () =>
    {
        CheckType(input.Path, "a BAM file");
        if (!File.Exists(input.Path)) throw new InputException($"{input.Path}: {FileProblem.Missing(input.Path)}");
        var file = BamFile.Open(input.Path);
        try
        {
            input.Check(file.Data.Handle);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>Refuses what no worker can open. Before it is opened: a pipe would wait for its other end.</summary>
    /// <exception cref="InputException">It belongs to this process alone, or is no file.</exception>
    public static void CheckType(string path, string what)
    {
        if (StandardInput.Is(path) || path.StartsWith("/dev/fd/", StringComparison.Ordinal))
            throw new InputException($"{path}: belongs to this process alone, and workers open {what} by its path; name the file itself.");
        var problem = FileStatus.Of(path).Type switch
        {
            FileType.Regular or FileType.Missing => null,
            FileType.Folder => $"is a folder, not {what}.",
            FileType.Pipe => $"is a pipe, and {what} is read from several places at once; copy it to a disk first.",
            _ => $"is a device, not {what}.",
        };
        if (problem is not null) throw new InputException($"{path}: {problem}");
    }

    /// <summary>What a plan says it reads: the file, and its index if there is one.</summary>
    public static IReadOnlyList<InputFile> FilesOf(InputFile file, BamIndex? index) => index is null ? [file] : [file, InputFile.Of(index.Path)];

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
