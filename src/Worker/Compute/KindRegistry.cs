using ActorCompute.Kinds;

namespace ActorCompute.Worker.Compute;

/// <summary>The job kinds that this worker knows.</summary>
internal sealed class KindRegistry(IEnumerable<IJobKind> kinds)
{
    private readonly Dictionary<string, IJobKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    public static KindRegistry BuiltIn { get; } = new(BuiltInKinds.All);

    /// <summary>Opens the work of a job.</summary>
    /// <exception cref="InputException">The kind is not here, is of another version, or its data cannot be used on this machine.</exception>
    public IOpenedWork Open(string name, string version, ReadOnlyMemory<byte> parameters)
    {
        if (!_kinds.TryGetValue(name, out var kind)) throw new InputException($"this worker has no kind '{name}'.");
        return kind.Version == version
            ? kind.Open(parameters)
            : throw new InputException($"this worker has version {kind.Version} of '{name}', the client {version}; run the same release on both.");
    }
}
