using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>A BAM file, and its index if need be, opened once for a job on a worker and shared by its slots.</summary>
internal sealed class OpenedBam : IDisposable
{
    private OpenedBam(BamFile file, BamIndex? index) => (File, Index) = (file, index);

    public BamFile File { get; }

    public BamIndex? Index { get; }

    /// <param name="stamp">The file.</param>
    /// <param name="withIndex">Whether the tasks need its index; parts that a plan cut do not.</param>
    /// <exception cref="InputException">The file cannot be used on this machine.</exception>
    public static OpenedBam Open(FileStamp stamp, bool withIndex = false)
    {
        var file = BamInput.OpenFile(stamp);
        try
        {
            return new(file, withIndex ? BamInput.OpenIndex(file) : null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The number of a task's reference, if this file has it.</summary>
    /// <exception cref="InputException">It has not.</exception>
    public int Known(int reference) => reference >= 0 && reference < File.Header.References.Count
        ? reference
        : throw new InputException($"{File.Path}: has no reference number {reference}; is it the client's file?");

    /// <summary>Where a part of a reference is.</summary>
    /// <exception cref="InputException">This file has no such reference, or nothing can be there.</exception>
    public BamSlice SliceOf(BamPart part)
    {
        Known(part.Reference);
        return part.ToSlice();
    }

    public InputException Unknown(BamPartKind kind) => new($"this worker does not know '{kind}'; run the same release on client and workers.");

    public void Dispose() => File.Dispose();
}
