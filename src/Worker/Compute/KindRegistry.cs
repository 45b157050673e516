using System.Collections.Concurrent;
using ActorCompute.Kinds;
using ActorCompute.Kinds.Programs;
using ActorCompute.Messages;
using ActorCompute.Plugins;
using ActorCompute.Worker.Functions;

namespace ActorCompute.Worker.Compute;

/// <summary>The job kinds that this worker knows.</summary>
/// <param name="kinds">The kinds, each name once.</param>
/// <param name="problems">Plug-ins that could not be loaded: a kind that is missing may be in one of them.</param>
/// <param name="programs">Where the kinds of programs are found; null where none may run.</param>
internal sealed class KindRegistry(IEnumerable<IJobKind> kinds, IReadOnlyList<string>? problems = null, FunctionLibrary? programs = null)
{
    private readonly Dictionary<string, IJobKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    // Of programs, by build and class: one instance serves any number of jobs.
    private readonly ConcurrentDictionary<(Google.Protobuf.ByteString Module, int Type), IJobKind> _made = new();

    /// <summary>The built-in kinds alone.</summary>
    public static KindRegistry BuiltIn { get; } = new(BuiltInKinds.All);

    /// <summary>The built-in kinds, those of plug-ins, and the functions of programs.</summary>
    /// <param name="plugins">The plug-ins.</param>
    /// <param name="functions">Where the functions of programs are found; null where none may run.</param>
    /// <param name="allowCrashes">Whether there is the kind <c>crash</c>, which ends this process.</param>
    /// <param name="commands">What runs the programs of the kind <c>command</c>; null where none may run, and then it says what would let them.</param>
    public static KindRegistry Create(PluginCatalog plugins, FunctionLibrary? functions, bool allowCrashes = false, ICommandRunner? commands = null) =>
        new(
            [
                .. BuiltInKinds.All.Select(kind => kind is CommandFunction && commands is not null ? new CommandFunction(commands) : kind),
                .. allowCrashes ? [BuiltInKinds.Crash] : Array.Empty<IJobKind>(),
                .. plugins.Kinds.Select(plugin => plugin.Kind),
                .. functions is null ? Array.Empty<IJobKind>() : [new FunctionCallKind(functions)],
            ],
            plugins.Problems,
            functions);

    /// <summary>Opens the work of a job.</summary>
    /// <param name="name">The kind's name.</param>
    /// <param name="version">The version that the client has.</param>
    /// <param name="parameters">The job's parameters.</param>
    /// <param name="culture">The caller's culture, for kinds and functions of users; the built-in kinds know none.</param>
    /// <param name="uiCulture">The caller's culture for messages.</param>
    /// <param name="type">The kind's class, for a kind of the program's own.</param>
    /// <exception cref="InputException">The kind is not here, is of another version, or its data or the culture cannot be had on this machine.</exception>
    public IOpenedWork Open(string name, string version, ReadOnlyMemory<byte> parameters, string culture = "", string uiCulture = "", FunctionReference? type = null)
    {
        if (Find(name, version, type, out var why) is not { } kind)
        {
            if (name == BuiltInKinds.Crash.Name) throw new InputException("this worker lets no job end it; start it with --allow-crashes.");
            var hint = string.Concat((problems ?? []).Append(why).OfType<string>().Select(problem => $"; {problem.TrimEnd('.')}"));
            throw new InputException($"this worker has no kind '{name}'; if a plug-in brings it, start the worker with --plugins and that plug-in's folder{hint}.");
        }

        // At the opening, so that a job goes to those workers of a cluster that may.
        if (kind is CommandFunction { IsAllowed: false } && version == kind.Version) throw new InputException(CommandFunction.NotAllowed);
        var here = KindVersion.Of(kind);
        var isOfUsers = here != kind.Version || kind is FunctionCallKind;
        if (here == version) return isOfUsers ? OpenUnder(JobCultures.Find(culture, uiCulture), kind, parameters) : kind.Open(parameters);
        var advice = here == kind.Version ? "run the same release on both" : "put the same build of the plug-in on both, and start the worker again";
        throw new InputException($"this worker has version {here} of '{name}', the client {version}; {advice}.");
    }

    /// <summary>The kind of that name, in the very build that the client has if that is to be had.</summary>
    private IJobKind? Find(string name, string version, FunctionReference? type, out string? problem)
    {
        problem = null;
        var known = _kinds.GetValueOrDefault(name);
        if (type is null || programs is null || (known is not null && KindVersion.Of(known) == version)) return known;
        try
        {
            var made = _made.GetOrAdd((type.Module, type.Method), _ => FunctionFinder.MakeKind(type, programs));
            // A name of a built-in kind stays that one's.
            return made.Name == name && (known is null || KindVersion.Of(known) != known.Version) ? made : known;
        }
        catch (InputException e)
        {
            problem = e.Message;
            return known;
        }
    }

    private static IOpenedWork OpenUnder(JobCultures cultures, IJobKind kind, ReadOnlyMemory<byte> parameters)
    {
        IOpenedWork work;
        using (cultures.Enter()) work = kind.Open(parameters);
        return cultures.Around(work);
    }
}
