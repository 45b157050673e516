using System.Reflection;

namespace ActorCompute.Plugins;

/// <summary>The kinds that plug-in folders bring, and what could not be loaded.</summary>
/// <remarks>
/// A plug-in is an assembly directly in such a folder that refers to the contract. Every public class with a public
/// constructor without parameters that is a job kind counts. One that fails to load costs only itself.
/// </remarks>
internal sealed class PluginCatalog
{
    private static readonly string Contract = typeof(IJobKind).Assembly.GetName().Name!;

    // The product's own assemblies lie beside a plug-in that was copied with everything. By name and not by prefix: somebody's
    // kinds may well be called ActorCompute.Something, as the samples are.
    private static readonly HashSet<string> Own = new(
        ["ActorCompute.Kinds", "ActorCompute.Messages", "ActorCompute.Processes", "ActorCompute.Remoting", "ActorCompute.Client", "ActorCompute.Hosting", "ActorCompute.Plugins", "actorcompute", "actorcompute-seed", "actorcompute-worker"],
        StringComparer.OrdinalIgnoreCase);

    private readonly List<PluginKind> _kinds = [];
    private readonly List<string> _problems = [];

    private PluginCatalog() { }

    /// <summary>No plug-ins.</summary>
    public static PluginCatalog Empty { get; } = new();

    /// <summary>The kinds, in the order of files and names.</summary>
    public IReadOnlyList<PluginKind> Kinds => _kinds;

    /// <summary>What could not be used, a line each for a person.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Loads what is in some folders.</summary>
    /// <param name="folders">The folders; each must be there.</param>
    /// <param name="taken">Names that are taken already, with where they come from.</param>
    /// <exception cref="InputException">A folder is not there or cannot be read.</exception>
    public static PluginCatalog Load(IEnumerable<string> folders, IReadOnlyDictionary<string, string>? taken = null)
    {
        var catalog = new PluginCatalog();
        foreach (var file in folders.SelectMany(AssembliesIn).Distinct(StringComparer.Ordinal)) catalog.LoadFile(file, taken ?? new Dictionary<string, string>());
        return catalog;
    }

    /// <summary>The assemblies directly in a folder that could be plug-ins or hold functions, in the order of their names.</summary>
    /// <exception cref="InputException">The folder is not there or cannot be read.</exception>
    internal static IEnumerable<string> AssembliesIn(string folder)
    {
        try
        {
            // Before any is opened: a pipe would wait for its other end.
            return Directory.GetFiles(Path.GetFullPath(folder), "*.dll").Where(file => FileStatus.Of(file).Type == FileType.Regular).Order(StringComparer.Ordinal);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new InputException($"the plug-in folder {folder} cannot be read: {e.Message}", e);
        }
    }

    private void LoadFile(string file, IReadOnlyDictionary<string, string> taken)
    {
        if (Own.Contains(Path.GetFileNameWithoutExtension(file)) || !ModuleId.RefersTo(file, Contract)) return;
        try
        {
            var types = new PluginLoadContext(file).LoadMain().GetExportedTypes();
            foreach (var type in types.Where(IsKind).OrderBy(type => type.FullName, StringComparer.Ordinal)) Add(type, file, taken);
        }
        catch (Exception e)
        {
            // Whatever a stranger's assembly throws while it loads: it must not take the program with it.
            _problems.Add($"{file} could not be loaded: {Innermost(e)}");
        }
    }

    private void Add(Type type, string file, IReadOnlyDictionary<string, string> taken)
    {
        try
        {
            var kind = (IJobKind)Activator.CreateInstance(type)!;
            if (!KindName.IsValid(kind.Name)) throw new InputException($"'{kind.Name}' is no name for a kind; use lower-case letters, digits and hyphens.");
            if (taken.TryGetValue(kind.Name, out var owner)) throw new InputException($"its name '{kind.Name}' is taken by {owner}.");
            if (_kinds.FirstOrDefault(other => other.Kind.Name == kind.Name) is { } other) throw new InputException($"its name '{kind.Name}' is taken by {other.File}.");
            _kinds.Add(new(kind, file));
        }
        catch (Exception e)
        {
            _problems.Add($"{file}: {type.FullName} cannot be used: {Innermost(e)}");
        }
    }

    private static bool IsKind(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IJobKind).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null;

    private static string Innermost(Exception e) => e switch
    {
        TargetInvocationException { InnerException: { } inner } => Innermost(inner),
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => Innermost(first),
        InputException => e.Message,
        _ => $"{e.GetType().Name}: {e.Message}",
    };
}
