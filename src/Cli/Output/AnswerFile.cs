using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Cli.Output;

/// <summary>
/// Where an answer goes. A file is written beside its place and moved there when the answer is whole and on the disk, so that whoever
/// finds the file finds all of it. What was there before stays until then. Pipes, devices and standard output are written straight.
/// </summary>
internal sealed class AnswerFile : IAsyncDisposable
{
    private const int LongestName = 200;

    private readonly AnswerPlace? _place;
    private readonly string? _partialPath;
    private readonly FileMover _mover;
    private bool _isClosed;
    private bool _isWhole;

    private AnswerFile(AnswerPlace? place, Stream stream, string? partialPath, FileMover? mover = null) =>
        (_place, Stream, _partialPath, _mover, Writer) = (place, stream, partialPath, mover ?? FileMover.Instance, AnswerWriters.To(stream));

    public TextWriter Writer { get; }

    /// <summary>What is behind the writer, for bytes.</summary>
    public Stream Stream { get; }

    /// <summary>Whether a person reads it as it comes.</summary>
    public bool IsTerminal => _place is null && !Console.IsOutputRedirected;

    public static AnswerFile StandardOutput() => new(null, StandardOutputStream.Open(), null);

    /// <param name="place">Where.</param>
    /// <param name="mover">Puts it there; null for the system's.</param>
    /// <exception cref="InputException">It cannot be written there.</exception>
    public static AnswerFile Create(AnswerPlace place, FileMover? mover = null)
    {
        try
        {
            if (place.Descriptor is { } descriptor) return new(place, descriptor == 1 ? StandardOutputStream.Open() : new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0), null);
            if (place.IsStream) return new(place, new FileStream(place.Target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), null);
            // A name that nobody can have put a link under before, and a file that is made here: two clients never share one.
            var name = Path.GetFileName(place.Target);
            var partial = Path.Combine(Path.GetDirectoryName(place.Target)!, $"{name[..Math.Min(name.Length, LongestName)]}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.partial");
            return new(place, new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.Read), partial, mover);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new InputException($"--out {place.Given}: it cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The answer is whole.</summary>
    /// <exception cref="IOException">It could not be put in its place.</exception>
    public async Task CompleteAsync()
    {
        await Writer.FlushAsync().ConfigureAwait(false);
        if (_partialPath is not null)
        {
            ((FileStream)Stream).Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows() && _place!.Type == FileType.Regular) File.SetUnixFileMode(_partialPath, File.GetUnixFileMode(_place!.Target));
        }

        await CloseAsync().ConfigureAwait(false);
        if (_partialPath is null) return;
        _isWhole = true;
        await _mover.MoveAsync(_partialPath, _place!.Target).ConfigureAwait(false);
        DurableFolder.Sync(Path.GetDirectoryName(_place!.Target)!);
    }

    /// <summary>The answer is not whole: what is at the place stays as it is.</summary>
    /// <returns>What a person should know: where the part is.</returns>
    public async Task<string?> AbandonAsync()
    {
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        catch (IOException) when (_place is not null)
        {
            // The disk is full, say: that is known, and some may be there.
        }

        if (_partialPath is null) return null;
        if (_isWhole) return $"the answer is whole, but not in its place; it is in {_partialPath}";
        if (new FileInfo(_partialPath) is { Exists: true, Length: > 0 })
            return $"the answer is not whole, so {_place!.Given} {(_place!.Type == FileType.Regular ? "is left as it was" : "is not made")}; what there is so far is in {_partialPath}";
        File.Delete(_partialPath);
        return null;
    }

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private async Task CloseAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        await Writer.DisposeAsync().ConfigureAwait(false);
    }
}
