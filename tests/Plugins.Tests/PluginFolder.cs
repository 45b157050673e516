using System.Reflection;

namespace ActorCompute.Plugins.Tests;

/// <summary>A folder to put plug-ins into, removed after the test.</summary>
internal sealed class PluginFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorcompute-plugins-");

    /// <summary>The built sample plug-in.</summary>
    public static string OwnKind { get; } = Path.Combine(
        typeof(PluginFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "OwnKindFolder").Value!, "ActorCompute.OwnKind.dll");

    public string FullName => _folder.FullName;

    /// <summary>Copies a file in, by default under its own name.</summary>
    public string Copy(string file, string? name = null)
    {
        var path = Path.Combine(FullName, name ?? Path.GetFileName(file));
        File.Copy(file, path);
        return path;
    }

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a loaded assembly's file until the process ends.
        }
    }
}
