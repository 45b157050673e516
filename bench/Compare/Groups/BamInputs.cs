using System.Globalization;
using ActorCompute.Compare.Running;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Compare.Groups;

/// <summary>The files that are scanned: the one given or one made here, and one whose reads all lie on one reference.</summary>
internal sealed class BamInputs : IDisposable
{
    // About 340 MB; 1.3 GB inflated.
    private const int Reads = 4_000_000;
    private const int QuickReads = 50_000;

    private readonly DirectoryInfo _folder;
    private readonly bool _stays;
    private readonly int _reads;

    public BamInputs(Arena arena)
    {
        _stays = arena.Options.FilesFolder is not null;
        _folder = arena.Options.FilesFolder is { } folder ? Directory.CreateDirectory(folder) : Directory.CreateTempSubdirectory("actorcompute-compare-");
        _reads = arena.Size(Reads, QuickReads);
        File = arena.Options.BamFile ?? Make("human", (path, reads) => SyntheticBam.Write(path, reads));
        OneReference = Make("one-reference", (path, reads) => SyntheticBam.WriteOneReference(path, reads));
    }

    public string File { get; }

    public string OneReference { get; }

    /// <summary>How a row calls it.</summary>
    public string Describe(string path) => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}, {new FileInfo(path).Length / 1e6:N0} MB");

    public void Dispose()
    {
        if (!_stays) _folder.Delete(recursive: true);
    }

    // The index is written last: with it the file is whole.
    private string Make(string name, Action<string, long> write)
    {
        var path = Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{name}-{_reads}.bam"));
        if (!System.IO.File.Exists(path + ".bai"))
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"making {path}, {_reads:N0} reads"));
            write(path, _reads);
        }

        return path;
    }
}
