using ActorCompute.Kinds;
using ActorCompute.Plugins;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Running;

/// <summary>A kind, and where it comes from.</summary>
internal sealed record CatalogEntry(IJobKind Kind, string Origin);

/// <summary>The kinds that this command can run: built in, and those of plug-in folders.</summary>
internal sealed class KindCatalog
{
    private readonly List<CatalogEntry> _entries = [.. BuiltInKinds.All.Select(kind => new CatalogEntry(kind, "built in"))];

    private KindCatalog(PluginCatalog plugins)
    {
        _entries.AddRange(plugins.Kinds.Select(plugin => new CatalogEntry(plugin.Kind, plugin.File)));
        Problems = plugins.Problems;
    }

    public IReadOnlyList<CatalogEntry> Entries => _entries;

    /// <summary>Plug-ins that could not be used.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <exception cref="InputException">A folder is not there.</exception>
    public static KindCatalog Load(IReadOnlyList<string> folders) =>
        new(folders.Count == 0 ? PluginCatalog.Empty : PluginCatalog.Load(folders, BuiltInKinds.Names));

    /// <exception cref="InputException">There is none of that name.</exception>
    public IJobKind Find(string name)
    {
        if (_entries.FirstOrDefault(entry => entry.Kind.Name == name) is { } found) return found.Kind;
        // On workers started with --allow-crashes, for whoever knows its name: nothing lists or suggests it.
        if (name == BuiltInKinds.Crash.Name) return BuiltInKinds.Crash;
        var near = NearNames.Nearest(name, _entries.Select(entry => entry.Kind.Name));
        var hint = near is null ? "" : $" Did you mean '{near}'?";
        var problems = Problems.Count == 0 ? "" : " " + string.Join(" ", Problems);
        throw new InputException($"there is no kind '{name}'; 'actorcompute kinds' lists them, with --plugins DIR those of a folder too.{hint}{problems}");
    }
}
