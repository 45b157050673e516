using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ActorCompute.Plugins;

/// <summary>The assemblies of .NET itself, which every process has: <see cref="Math"/>, <see cref="File"/>.</summary>
internal static class FrameworkAssemblies
{
    private static readonly Lazy<HashSet<string>> Names = new(() => Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The one of this name that this process runs on, whatever build; null if there is none.</summary>
    public static Assembly? Find(string name)
    {
        if (!Names.Value.Contains(name)) return null;
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            // A library that is no assembly.
            return null;
        }
    }
}
