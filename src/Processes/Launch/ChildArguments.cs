namespace ActorCompute.Processes;

/// <summary>
/// Arguments that one of our programs gives another: names, each with a value behind it, and flags. What people type goes
/// through System.CommandLine, which takes a child process 30 ms to bring up, and a cluster waits for its children.
/// </summary>
public sealed class ChildArguments
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <param name="arguments">As the process got them.</param>
    /// <param name="flags">Names that stand alone.</param>
    /// <exception cref="InputException">A value is missing, or stands where a name should.</exception>
    public ChildArguments(IEnumerable<string> arguments, params IEnumerable<string> flags)
    {
        var alone = flags.ToHashSet(StringComparer.Ordinal);
        string? name = null;
        foreach (var argument in arguments)
        {
            if (name is not null)
            {
                Add(name, argument);
                name = null;
            }
            else if (alone.Contains(argument)) Add(argument, "");
            else if (argument.StartsWith("--", StringComparison.Ordinal)) name = argument;
            else throw new InputException($"'{argument}' is no argument of a child process.");
        }

        if (name is not null) throw new InputException($"{name} needs a value.");
    }

    /// <summary>Whether a flag or a name was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>All values of a name, in their order.</summary>
    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out var values) ? values : [];

    /// <summary>The last value of a name, or null.</summary>
    public string? Optional(string name) => All(name) is [.., var last] ? last : null;

    /// <summary>A number, or its default.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public long Number(string name, long otherwise) => Optional(name) is not { } text ? otherwise
        : long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : throw new InputException($"{name}: '{text}' is not a whole number between {long.MinValue} and {long.MaxValue}.");

    private void Add(string name, string value)
    {
        if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
        values.Add(value);
    }
}
