using System.Reflection;
using System.Runtime.Loader;

namespace ActorCompute.Plugins;

/// <summary>
/// Loads one assembly with what stands beside it. The contract comes from this program, so that a kind is a kind here
/// too, and so does what this program has in the very same build: a task that uses a cluster itself brings no second Akka.NET.
/// Everything else comes from the plug-in's own folder, in the versions it was built with.
/// </summary>
/// <remarks>
/// From copies in memory: a file that the runtime maps is locked on Windows, and to write over it elsewhere, as a build does, ends
/// the processes that run it. Native libraries can only be loaded as files.
/// </remarks>
internal sealed class PluginLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly string Contract = typeof(IJobKind).Assembly.GetName().Name!;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    public Assembly LoadMain() => LoadCopy(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Contract) return null;
        if (_resolver.ResolveAssemblyToPath(assemblyName) is not { } found) return null;
        return Own(assemblyName) is { } own && own.ManifestModule.ModuleVersionId == ModuleId.Of(found) ? own : LoadCopy(found);
    }

    private static Assembly? Own(AssemblyName name)
    {
        try
        {
            return Default.LoadFromAssemblyName(new AssemblyName(name.Name!));
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // This program does without it.
            return null;
        }
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : IntPtr.Zero;

    // With the symbols, which the runtime looks for beside a file only: stack traces keep their lines.
    private Assembly LoadCopy(string file)
    {
        using var assembly = Copy(file);
        var symbols = Path.ChangeExtension(file, ".pdb");
        using var copy = File.Exists(symbols) ? Copy(symbols) : null;
        return AssemblyOrigin.Remember(LoadFromStream(assembly, copy), file);
    }

    // Whoever builds meanwhile is not in the way of this, and this not in theirs.
    private static MemoryStream Copy(string file)
    {
        using var opened = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var copy = new MemoryStream(checked((int)opened.Length));
        opened.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
