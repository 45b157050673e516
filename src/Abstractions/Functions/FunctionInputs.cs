using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>What a function is called with: where its inputs come from, and its own parameters. Only those travel to the workers.</summary>
public sealed record FunctionInputs
{
    /// <summary>The names of the parameters that every function has.</summary>
    internal static IReadOnlyList<ParameterDescription> Common { get; } =
    [
        new("item", "an input: text as it is, anything else as JSON", IsRepeatable: true),
        new("input", "a text file with an input on each line, - for standard input; blank lines are skipped", IsRepeatable: true),
        new("range", "whole numbers A..B, both included, or A..B..STEP", IsRepeatable: true),
    ];

    /// <summary>Inputs given one by one.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Files with more.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Ranges of whole numbers.</summary>
    [JsonIgnore]
    public IReadOnlyList<WholeRange> Ranges { get; init; } = [];

    /// <summary>The function's own parameters by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Own { get; init; }

    /// <summary>The function's own parameters, as a task sees them.</summary>
    internal ParameterValues OwnValues()
    {
        var values = new ParameterValues();
        foreach (var (name, texts) in Own)
        {
            foreach (var text in texts) values.Add(name, text);
        }

        return values;
    }

    internal static FunctionInputs Read(ParameterValues values, IReadOnlyList<ParameterDescription> own)
    {
        var inputs = OfOwn(values, own) with
        {
            Items = values.All("item"),
            Files = values.All("input"),
            Ranges = [.. values.All("range").Select(WholeRange.Parse)],
        };
        if (inputs.Files.Count(StandardInput.Is) > 1) throw new InputException("standard input can be read only once; give --input - once.");
        return inputs.Items.Count + inputs.Files.Count + inputs.Ranges.Count > 0
            ? inputs
            : throw new InputException("there is nothing to call the function with; give --item X, --input FILE or --range A..B.");
    }

    internal static FunctionInputs OfOwn(ParameterValues values, IReadOnlyList<ParameterDescription> own)
    {
        if (own.FirstOrDefault(parameter => parameter.IsRequired && values.All(parameter.Name).Count == 0) is { } missing)
        {
            throw new InputException($"the parameter {missing.Name} is missing: {missing.Description}.");
        }

        return new() { Own = values.Names.Where(name => Common.All(common => common.Name != name)).ToDictionary(name => name, values.All, StringComparer.Ordinal) };
    }
}
