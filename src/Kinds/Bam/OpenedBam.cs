using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>A BAM file opened once for a job on a worker and shared by its slots.</summary>
internal sealed class OpenedBam : IDisposable
{
    private OpenedBam(BamFile file) => File = file;

    public BamFile File { get; }

    /// <param name="file">The file.</param>
    /// <exception cref="InputException">The file cannot be used on this machine.</exception>
    public static OpenedBam Open(InputFile file) => new(BamInput.OpenFile(file));

    /// <summary>The number of a task's reference, if this file has it.</summary>
    /// <exception cref="InputException">It has not.</exception>
    public int Known(int reference) => reference >= 0 && reference < File.Header.References.Count
        ? reference
        : throw new InputException($"{File.Path}: has no reference number {reference}; is it the client's file?");

    /// <summary>Where a part of a reference is.</summary>
    /// <exception cref="InputException">This file has no such reference, or nothing can be there.</exception>
    public BamPart PartOf(BamTask task)
    {
        Known(task.Part.ReferenceId);
        return task.CheckedPart();
    }

    /// <summary>Where the reads without a reference are.</summary>
    /// <exception cref="InputException">Nothing can be there.</exception>
    public static BamPart UnplacedOf(BamTask task) => task.CheckedPart() with { ReferenceId = -1 };

    public InputException Unknown(BamTargetKind kind) => new($"this worker does not know '{kind}'; run the same release on client and workers.");

    public void Dispose() => File.Dispose();
}
