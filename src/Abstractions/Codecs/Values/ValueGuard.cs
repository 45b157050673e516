using System.Text.Json.Serialization.Metadata;

namespace ActorCompute;

/// <summary>
/// Looks at each value of a type whose values may be more than the type says: an object of a class that can be derived from,
/// a collection that may have a comparer of its own. Types that cannot be so are not looked at again.
/// </summary>
internal static class ValueGuard
{
    /// <summary>A modifier of contracts.</summary>
    public static void Attach(JsonTypeInfo contract)
    {
        var type = contract.Type;
        if (contract.Kind == JsonTypeInfoKind.None || LookOf(type) is not { } look) return;
        var next = contract.OnSerializing;
        contract.OnSerializing = next is null ? look : value =>
        {
            look(value);
            next(value);
        };
    }

    public static ValueRefusedException Derived(Type value, Type declared)
    {
        var (actual, expected) = (TypeNames.Of(value), TypeNames.Of(declared));
        return new(typeof(System.Collections.IEnumerable).IsAssignableFrom(declared)
            ? $"a {actual} stands where {expected} is declared, and would arrive as something else; declare {actual} itself"
            : $"a {actual} stands where {expected} is declared, and what only {actual} has would be lost; declare {actual}, mark {expected} with [JsonPolymorphic] and [JsonDerivedType(typeof({actual}), \"a name\")], or give it a codec of its own with [JsonConverter]");
    }

    private static Action<object>? LookOf(Type type)
    {
        if (type.IsInterface) return IsHashed(type) ? LookAtHashed(type) : null;
        Action<object>? comparer = type.IsGenericType && ComparerOf(type) is { } property ? LookAtComparer(property, type.GetGenericArguments()[0]) : null;
        if (type.IsValueType || type.IsSealed || type.IsAbstract) return comparer;
        return value =>
        {
            if (value.GetType() != type) throw Derived(value.GetType(), type);
            comparer?.Invoke(value);
        };
    }

    private static Func<object, object?>? ComparerOf(Type type)
    {
        if (!typeof(System.Collections.IEnumerable).IsAssignableFrom(type)) return null;
        var property = type.GetProperty("Comparer") ?? type.GetProperty("KeyComparer");
        return property is null ? null : property.GetValue;
    }

    private static Action<object> LookAtComparer(Func<object, object?> comparerOf, Type key)
    {
        object?[] defaults = [DefaultOf(typeof(EqualityComparer<>), key), DefaultOf(typeof(Comparer<>), key)];
        return value =>
        {
            if (comparerOf(value) is { } comparer && !defaults.Any(comparer.Equals)) throw KeyComparers.Refused(comparer, value.GetType());
        };
    }

    private static object? DefaultOf(Type comparer, Type key) => comparer.MakeGenericType(key).GetProperty("Default")!.GetValue(null);

    private static bool IsHashed(Type type) => type.IsGenericType
        && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(ISet<>) || definition == typeof(IDictionary<,>) || definition == typeof(IReadOnlyDictionary<,>));

    // What arrives is a HashSet or a Dictionary, whatever was sent.
    private static Action<object> LookAtHashed(Type type)
    {
        var arguments = type.GetGenericArguments();
        var arrives = (arguments.Length == 1 ? typeof(HashSet<>) : typeof(Dictionary<,>)).MakeGenericType(arguments);
        var comparer = LookAtComparer(ComparerOf(arrives)!, arguments[0]);
        return value =>
        {
            if (value.GetType() != arrives) throw Derived(value.GetType(), type);
            comparer(value);
        };
    }
}
