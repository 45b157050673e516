namespace ActorCompute.Cli.Output;

/// <summary>
/// A file for an answer: written beside its place and moved there when the answer is whole, so that whoever finds the file
/// finds all of it. What was there before stays until then.
/// </summary>
internal sealed class AnswerFile : IAsyncDisposable
{
    private readonly string _path;
    private bool _isMoved;

    private AnswerFile(string path, Stream stream) => (_path, Writer) = (path, AnswerWriters.To(stream));

    public TextWriter Writer { get; }

    /// <summary>What there is so far.</summary>
    public string PartialPath => _path + ".partial";

    /// <exception cref="InputException">It cannot be written there.</exception>
    public static AnswerFile Create(string path)
    {
        try
        {
            if (Directory.Exists(path)) throw new InputException($"--out {path}: it is a folder; name a file in it.");
            return new(path, new FileStream(path + ".partial", FileMode.Create, FileAccess.Write, FileShare.Read));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"--out {path}: it cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The answer is whole.</summary>
    public async Task CompleteAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        File.Move(PartialPath, _path, overwrite: true);
        _isMoved = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isMoved) await Writer.DisposeAsync().ConfigureAwait(false);
    }
}
