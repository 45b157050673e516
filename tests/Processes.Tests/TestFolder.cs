namespace ActorCompute.Processes.Tests;

/// <summary>A folder for the files of a test, removed after it.</summary>
public abstract class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorcompute-hosting-");

    protected string PathOf(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    protected string[] Files => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Name).Order(StringComparer.Ordinal)];

    public virtual void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
