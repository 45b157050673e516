using System.Reflection;

namespace ActorCompute.Plugins;

/// <summary>Finds the assemblies whose functions are called by programs, and loads each once.</summary>
/// <param name="folders">Plug-in folders to look in.</param>
/// <param name="trustsCaller">Whether the path that the caller names may be loaded: on the caller's own machine.</param>
internal sealed class FunctionLibrary(IReadOnlyList<string> folders, bool trustsCaller)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Assembly> _loaded = [];

    /// <summary>The very build of an assembly that a caller runs.</summary>
    /// <exception cref="InputException">It is not here, or another build is.</exception>
    public Assembly Load(string name, string path, Guid module)
    {
        lock (_lock)
        {
            if (_loaded.TryGetValue(module, out var assembly)) return assembly;
            if (FrameworkAssemblies.Find(name) is { } framework && framework.ManifestModule.ModuleVersionId == module) return _loaded[module] = OfFramework(framework);
            try
            {
                return _loaded[module] = new PluginLoadContext(Find(name, path, module)).LoadMain();
            }
            catch (Exception e) when (e is IOException or BadImageFormatException)
            {
                throw new InputException($"{name}.dll cannot be loaded: {e.Message}", e);
            }
        }
    }

    // They read files and start programs: who may call functions of the plug-ins may not do that.
    private Assembly OfFramework(Assembly assembly) => trustsCaller
        ? assembly
        : throw new InputException($"methods of .NET itself ({assembly.GetName().Name}) are called by a worker only for the program that started it; call them from a method of your own, whose assembly is in a folder that the worker is given by --plugins.");

    private string Find(string name, string path, Guid module)
    {
        if (trustsCaller && Path.IsPathFullyQualified(path) && File.Exists(path))
        {
            return ModuleId.Of(path) == module ? path : throw new InputException($"{path} was built again since the program started; start the program again.");
        }

        // A name from the wire is only ever compared, never made part of a path.
        var candidates = folders.SelectMany(PluginCatalog.AssembliesIn).Where(file => string.Equals(Path.GetFileNameWithoutExtension(file), name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (candidates.FirstOrDefault(file => ModuleId.Of(file) == module) is { } found) return found;
        throw new InputException(candidates.Count > 0
            ? $"{candidates[0]} is another build of {name} than the client runs; copy the client's file here."
            : $"this worker has no {name}.dll; put it, with what it needs, into a folder that the worker is given by --plugins.");
    }
}
