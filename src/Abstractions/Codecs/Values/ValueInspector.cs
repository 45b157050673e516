using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActorCompute;

/// <summary>
/// Whether the values of a type arrive as they were sent: decided once for each type, from its contract with the serializer and
/// from its fields. What is in a field that does not travel would be lost in silence, so such a type is refused.
/// </summary>
internal sealed class ValueInspector
{
    private static readonly ConcurrentDictionary<Type, ValueInspector> Known = new();

    private readonly HashSet<Type> _seen = [];

    private ValueInspector(Type type) => Refusal = Look(type, null);

    /// <summary>Why values of the type do not travel, and what to do, as a sentence without its full stop; null if they do.</summary>
    public string? Refusal { get; }

    /// <summary>
    /// Some property is written by hand: that it gives what it was given can only be tried. The first value is written, read and
    /// written again.
    /// </summary>
    public bool NeedsTrial { get; private set; }

    public static ValueInspector Of(Type type) => Known.GetOrAdd(type, static type => new(type));

    /// <param name="type">The type.</param>
    /// <param name="where">The member or collection it stands in; null for the type that was asked for.</param>
    private string? Look(Type type, string? where)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Look(inner, where);
        if (ExactTypes.IsScalar(type) || type.IsDefined(typeof(JsonConverterAttribute), inherit: false) || !_seen.Add(type)) return null;
        var name = where is null ? TypeNames.Of(type) : $"{TypeNames.Of(type)} ({where})";
        if (type == typeof(object) || type == typeof(ValueType) || type == typeof(Enum)) return $"{name} would arrive as plain JSON, its type lost; declare the type that it has, or a base type marked [JsonPolymorphic]";
        if (type == typeof(void)) return $"{name} is no value; return one, if only true";
        if (ExactTypes.IsOfProcess(type)) return $"{name} stands for something in this process; pass values from which the other side makes its own";
        if (type.IsArray) return LookInside(type, [type.GetElementType()!], where);
        if (type.IsGenericType && ExactTypes.IsCollection(type.GetGenericTypeDefinition())) return LookAtCollection(type, name, where);
        if (typeof(IEnumerable).IsAssignableFrom(type)) return LookAtOwnCollection(type, name, where);
        return LookAtObject(type, name);
    }

    private string? LookInside(Type type, IEnumerable<Type> parts, string? where)
    {
        var inside = where ?? TypeNames.Of(type);
        return parts.Select(part => Look(part, inside)).FirstOrDefault(refusal => refusal is not null);
    }

    private string? LookAtCollection(Type type, string name, string? where)
    {
        var definition = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (ExactTypes.IsDictionary(definition) && !CollectionConverters.TakesAnyKey(definition) && !ExactTypes.IsName(arguments[0]))
        {
            return $"{name} has keys that JSON has no names for; use Dictionary<{TypeNames.Of(arguments[0])}, {TypeNames.Of(arguments[1])}>, which takes any";
        }

        return LookInside(type, arguments, where);
    }

    /// <summary>A collection of a user's is fine when it is nothing but one of the framework's by another name.</summary>
    private string? LookAtOwnCollection(Type type, string name, string? where)
    {
        var known = type.BaseType;
        for (var at = type; known is not null && FieldsOf(at).Count == 0; (at, known) = (known, known.BaseType))
        {
            if (known.IsGenericType && ExactTypes.IsCollection(known.GetGenericTypeDefinition()) && type.GetConstructor(Type.EmptyTypes) is not null) return LookInside(type, known.GetGenericArguments(), where);
        }

        return $"{name} is a collection that cannot be made again from its elements alone; pass a List<>, a Dictionary<,> or an array, or give it a codec of its own with [JsonConverter]";
    }

    private string? LookAtObject(Type type, string name)
    {
        JsonTypeInfo contract;
        try
        {
            contract = ValueJson.Options.GetTypeInfo(type);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return $"{name} has no contract with System.Text.Json ({e.Message.TrimEnd('.')}); give it a codec of its own with [JsonConverter]";
        }

        // The framework has a converter of its own that this list does not know to be exact.
        if (contract.Kind != JsonTypeInfoKind.Object) return $"{name} is not known to arrive as it was sent; pass values that it can be made from";
        if (contract.PolymorphismOptions is { } polymorphism)
        {
            foreach (var derived in polymorphism.DerivedTypes)
            {
                if (derived.TypeDiscriminator is null && derived.DerivedType != type) return $"{TypeNames.Of(derived.DerivedType)} is a derived type of {name} without a name, and would arrive as {TypeNames.Of(type)}; give it one: [JsonDerivedType(typeof({TypeNames.Of(derived.DerivedType)}), \"a name\")]";
                if (derived.DerivedType != type && Look(derived.DerivedType, null) is { } refusal) return refusal;
            }
        }

        if (type.IsAbstract || type.IsInterface)
        {
            return contract.PolymorphismOptions is not null ? null : $"{name} is abstract, so the other side could not know what to make; declare the type that it has, or mark it with [JsonPolymorphic] and [JsonDerivedType]";
        }

        var members = new MemberContract(contract);
        if (members.Refusal is { } refused) return IsFramework(type) ? $"{name} keeps what it is where the serializer does not see it; pass values that it can be made from" : refused;
        NeedsTrial |= members.IsByHand;
        return members.Parts.Select(part => Look(part.Type, part.Name)).FirstOrDefault(refusal => refusal is not null);
    }

    internal static List<FieldInfo> FieldsOf(Type type) => [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)];

    private static bool IsFramework(Type type) => type.Assembly == typeof(object).Assembly || type.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal);
}
