using System.Collections.Concurrent;
using System.Reflection;

namespace ActorCompute;

/// <summary>Where the assemblies lie that were loaded from copies in memory, for all that this process has loaded: a task may call functions itself.</summary>
internal static class AssemblyOrigin
{
    private static readonly ConcurrentDictionary<Guid, string> Files = new();

    /// <summary>Remembers the file that an assembly was copied from.</summary>
    public static Assembly Remember(Assembly assembly, string file)
    {
        Files[assembly.ManifestModule.ModuleVersionId] = file;
        return assembly;
    }

    /// <summary>Its file; empty if it never was one.</summary>
    public static string FileOf(Assembly assembly) =>
        assembly.Location is { Length: > 0 } file ? file : Files.GetValueOrDefault(assembly.ManifestModule.ModuleVersionId, "");
}
