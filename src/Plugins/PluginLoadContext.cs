using System.Reflection;
using System.Runtime.Loader;

namespace ActorCompute.Plugins;

/// <summary>
/// Loads one assembly with what stands beside it. The contract comes from this program, so that a kind is a kind here
/// too, and so does what this program has in the very same build: a task that uses a cluster itself brings no second Akka.NET.
/// Everything else comes from the plug-in's own folder, in the versions it was built with.
/// </summary>
internal sealed class PluginLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly string Contract = typeof(IJobKind).Assembly.GetName().Name!;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    public Assembly LoadMain() => LoadFromAssemblyPath(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Contract) return null;
        if (_resolver.ResolveAssemblyToPath(assemblyName) is not { } found) return null;
        return Own(assemblyName) is { } own && own.ManifestModule.ModuleVersionId == ModuleId.Of(found) ? own : LoadFromAssemblyPath(found);
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
}
