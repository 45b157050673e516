using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActorCompute;

/// <summary>
/// How values of functions and of kinds are written, the same on client and worker: System.Text.Json, with converters for what it would
/// change (<see cref="ScalarConverters"/>, <see cref="CollectionConverters"/>) and a look at each value of a type whose values
/// may be more than the type says (<see cref="ValueGuard"/>). Which types travel at all decides <see cref="ValueInspector"/>.
/// </summary>
internal static class ValueJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
        Converters = { new TextConverter(), new CharConverter(), new ScalarConverters(), new CollectionConverters() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ValueGuard.Attach } },
    };

    // What a type says is there, is there: a missing or null part is refused where it is read, and not met as a null later.
    public static JsonSerializerOptions WithoutNulls { get; } = new(Options) { RespectNullableAnnotations = true };
}
