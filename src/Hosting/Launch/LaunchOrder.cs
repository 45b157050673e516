using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorCompute.Hosting;

/// <summary>
/// What a parent tells a seed or node that it starts: one line of JSON on the child's standard input. The pipe stays
/// open as long as the parent lives; its end is the order to stop. So secrets show in no process list, and a child
/// outlives no parent, however that one ends.
/// </summary>
public sealed record LaunchOrder
{
    /// <summary>The cluster's secret.</summary>
    public required string Secret { get; init; }

    /// <summary>For a node: the seed, <c>HOST:PORT</c>.</summary>
    public string? Seed { get; init; }

    /// <summary>For a node: the worker's id, the same in each life.</summary>
    public string? WorkerId { get; init; }

    /// <summary>For a node: which life this is.</summary>
    public long Incarnation { get; init; }

    /// <summary>For a node: how the life before ended, for it to announce; null for the first.</summary>
    public string? PreviousEnd { get; init; }

    /// <summary>The order as a line.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, LaunchOrderJson.Default.LaunchOrder);

    /// <summary>Reads the order that a parent sends.</summary>
    /// <exception cref="InputException">The first line is none.</exception>
    public static LaunchOrder Read(TextReader input)
    {
        try
        {
            return JsonSerializer.Deserialize(input.ReadLine() ?? "null", LaunchOrderJson.Default.LaunchOrder)
                ?? throw new InputException("the parent closed the pipe without an order.");
        }
        catch (JsonException e)
        {
            throw new InputException($"the first line on standard input is no order of a parent: {e.Message}", e);
        }
    }
}

/// <summary>Made when this is compiled: looking the record over by reflection would take a tenth of a node's whole start.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LaunchOrder))]
internal sealed partial class LaunchOrderJson : JsonSerializerContext;
