namespace ActorCompute;

/// <summary>The parameters of a job as a person gave them: names with one or more texts each.</summary>
public sealed class ParameterValues
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private bool _isFrozen;

    /// <summary>No parameter at all. Nothing may be added to it.</summary>
    public static ParameterValues None { get; } = new() { _isFrozen = true };

    /// <summary>The names that were given.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>Adds a value; a name may come several times.</summary>
    public ParameterValues Add(string name, string value)
    {
        if (_isFrozen) throw new InvalidOperationException("ParameterValues.None stays empty; make a new one.");
        if (!_values.TryGetValue(name, out var list)) _values[name] = list = [];
        list.Add(value);
        return this;
    }

    /// <summary>All values of a name, in the order given; empty if there is none.</summary>
    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out var list) ? list : [];

    /// <summary>The value of a name, or null.</summary>
    /// <exception cref="InputException">It was given more than once.</exception>
    public string? Optional(string name) => All(name) switch
    {
        [] => null,
        [var only] => only,
        _ => throw new InputException($"{name} was given {All(name).Count} times; give it once."),
    };

    /// <summary>The value of a name.</summary>
    /// <exception cref="InputException">It is missing, or was given more than once.</exception>
    public string Required(string name) => Optional(name) ?? throw new InputException($"{name} is missing.");

    internal void RefuseUnknown(string kind, IReadOnlyList<ParameterDescription> known)
    {
        foreach (var name in _values.Keys)
        {
            if (known.All(parameter => parameter.Name != name))
            {
                throw new InputException($"{kind} has no parameter '{name}'; it has {(known.Count == 0 ? "none" : string.Join(", ", known.Select(parameter => parameter.Name)))}.");
            }
        }
    }
}
