using System.Reflection;
using System.Runtime.Loader;

namespace ActorCompute.Plugins;

/// <summary>
/// Loads one assembly with what stands beside it. The contract comes from this program, so that a kind is a kind here
/// too; everything else comes from the plug-in's own folder, in the versions it was built with.
/// </summary>
internal sealed class PluginLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly string Contract = typeof(IJobKind).Assembly.GetName().Name!;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    public Assembly LoadMain() => LoadFromAssemblyPath(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Contract) return null;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : IntPtr.Zero;
}
