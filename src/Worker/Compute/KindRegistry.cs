using ActorCompute.Kinds;
using ActorCompute.Kinds.Functions;
using ActorCompute.Plugins;
using ActorCompute.Worker.Functions;

namespace ActorCompute.Worker.Compute;

/// <summary>The job kinds that this worker knows.</summary>
/// <param name="kinds">The kinds, each name once.</param>
/// <param name="problems">Plug-ins that could not be loaded: a kind that is missing may be in one of them.</param>
internal sealed class KindRegistry(IEnumerable<IJobKind> kinds, IReadOnlyList<string>? problems = null)
{
    private readonly Dictionary<string, IJobKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The built-in kinds alone.</summary>
    public static KindRegistry BuiltIn { get; } = new(BuiltInKinds.All);

    /// <summary>The built-in kinds, those of plug-ins, and the functions of programs.</summary>
    /// <param name="plugins">The plug-ins.</param>
    /// <param name="functions">Where the functions of programs are found; null where none may run.</param>
    /// <param name="allowCrashes">Whether the kind <c>crash</c> may end this process; otherwise it says what would let it.</param>
    public static KindRegistry Create(PluginCatalog plugins, FunctionLibrary? functions, bool allowCrashes = false) =>
        new([.. BuiltInKinds.All.Select(kind => allowCrashes && kind is CrashFunction ? new CrashFunction(isAllowed: true) : kind), .. plugins.Kinds.Select(plugin => plugin.Kind), .. functions is null ? Array.Empty<IJobKind>() : [new FunctionCallKind(functions)]], plugins.Problems);

    /// <summary>Opens the work of a job.</summary>
    /// <exception cref="InputException">The kind is not here, is of another version, or its data cannot be used on this machine.</exception>
    public IOpenedWork Open(string name, string version, ReadOnlyMemory<byte> parameters)
    {
        if (!_kinds.TryGetValue(name, out var kind))
        {
            var hint = problems is { Count: > 0 } ? "; " + string.Join("; ", problems) : "";
            throw new InputException($"this worker has no kind '{name}'; if a plug-in brings it, start the worker with --plugins and that plug-in's folder{hint}.");
        }

        var here = KindVersion.Of(kind);
        if (here == version) return kind.Open(parameters);
        var advice = here == kind.Version ? "run the same release on both" : "put the same build of the plug-in on both, and start the worker again";
        throw new InputException($"this worker has version {here} of '{name}', the client {version}; {advice}.");
    }
}
