using ActorCompute.Processes;


namespace ActorCompute.Cli.Running;

/// <summary>
/// What a cluster in the background has to say: to standard error, as long as the command that started it is there, and into a file,
/// once the cluster is up and nobody else can have that file.
/// </summary>
internal sealed class DetachedLog : IDisposable
{
    private readonly Lock _lock = new();
    private StreamWriter? _file;

    /// <summary>Writes a line.</summary>
    public void Write(string text)
    {
        Console.Error.WriteLine(text);
        lock (_lock)
        {
            try
            {
                _file?.WriteLine(LogLine.Of(TimeProvider.System, text));
            }
            catch (IOException)
            {
                // A full disk is no reason to end a cluster.
            }
        }
    }

    /// <summary>Starts the file of the cluster on this port anew.</summary>
    /// <returns>Where it is, or why it is not.</returns>
    public string Open(int port)
    {
        var path = Path.Combine(StateFolder.FullPath, $"up-{port}.log");
        try
        {
            Directory.CreateDirectory(StateFolder.FullPath);
            if (File.Exists(path)) File.Move(path, path + ".old", overwrite: true);
            lock (_lock) _file = new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete)) { AutoFlush = true };
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"none: {path} cannot be written: {e.Message}";
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }
}
