using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActorCompute;

/// <summary>An object's fields held against its contract with the serializer: each must be written and read back, or be marked as not wanted.</summary>
internal sealed class MemberContract
{
    private readonly JsonTypeInfo _contract;
    private readonly Dictionary<string, JsonPropertyInfo> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parameters;
    private readonly List<(Type Type, string Name)> _parts = [];

    public MemberContract(JsonTypeInfo contract)
    {
        _contract = contract;
        var constructor = contract.ConstructorAttributeProvider as ConstructorInfo;
        _parameters = constructor?.GetParameters().Select(parameter => parameter.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        foreach (var property in contract.Properties)
        {
            if (property.AttributeProvider is MemberInfo member) _members.TryAdd(member.Name, property);
        }

        Refusal = LookAtConstructor(constructor) ?? LookAtFields();
        if (Refusal is null) AddParts();
    }

    /// <summary>The first member that would be lost; null if none would.</summary>
    public string? Refusal { get; }

    /// <summary>What travels of it, each with its name for a person.</summary>
    public IReadOnlyList<(Type Type, string Name)> Parts => _parts;

    /// <summary>Some of it is given and taken by code of the user's.</summary>
    public bool IsByHand { get; private set; }

    private string Name => TypeNames.Of(_contract.Type);

    private string? LookAtConstructor(ConstructorInfo? constructor)
    {
        if (_contract.CreateObject is null && constructor is null && !_contract.Type.IsValueType)
        {
            return $"{Name} has no constructor that the serializer would call; give it one that is public and without parameters, or mark one with [JsonConstructor]";
        }

        // The serializer finds what belongs to a parameter by its name.
        var lost = constructor?.GetParameters().FirstOrDefault(parameter => !_contract.Properties.Any(property => property.AttributeProvider is MemberInfo member && string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)));
        return lost is null ? null : $"{Name} has a constructor with a parameter {lost.Name} that belongs to no property; name it as a property, or add a constructor and mark that with [JsonConstructor]";
    }

    private string? LookAtFields()
    {
        for (var at = _contract.Type; at is not null && at != typeof(object) && at != typeof(ValueType); at = at.BaseType)
        {
            foreach (var field in ValueInspector.FieldsOf(at))
            {
                if (LookAt(field, at) is { } refusal) return refusal;
            }
        }

        return null;
    }

    private string? LookAt(FieldInfo field, Type owner)
    {
        if (field.IsDefined(typeof(NonSerializedAttribute), inherit: false)) return null;
        var place = TypeNames.Of(owner);
        if (field.IsDefined(typeof(System.Runtime.CompilerServices.FixedBufferAttribute), inherit: false)) return $"{place}.{field.Name} is a fixed buffer, which would be lost; make it an array";
        if (PropertyOf(field) is { } name)
        {
            var property = owner.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            if (property is null || IsIgnored(property)) return null;
            if (_members.TryGetValue(name, out var found) && IsSame(found, property)) return Arrives(found) ? null : $"{place}.{name} has no setter that is public, so what is in it would be lost; give it init or set, make it a parameter of the constructor, or mark it with [JsonInclude]{(property.SetMethod is null ? " and give it a private setter" : "")}";
            return property.GetMethod is { IsPublic: true }
                ? $"{place}.{name} is hidden from the serializer, so what is in it would be lost; give it a name of its own"
                : $"{place}.{name} is not public, so what is in it would be lost; mark it with [JsonInclude], or with [JsonIgnore] if it need not travel";
        }

        if (IsIgnored(field)) return null;
        if (_members.TryGetValue(field.Name, out var own) && own.AttributeProvider is FieldInfo) return Arrives(own) ? null : $"{place}.{field.Name} is readonly, so what is in it would be lost; make it a property with init, or a parameter of the constructor";
        var plain = field.Name.StartsWith("m_", StringComparison.Ordinal) ? field.Name[2..] : field.Name.TrimStart('_');
        if (_members.Values.Any(member => string.Equals(((MemberInfo)member.AttributeProvider!).Name, plain, StringComparison.OrdinalIgnoreCase) && Arrives(member)))
        {
            IsByHand = true;
            return null;
        }

        return field.Name is ['<', ..] && field.Name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end
            ? $"{place} keeps its constructor's parameter {field.Name[1..end]} where the serializer does not see it; make it a property"
            : $"the field {place}.{field.Name} is not public, so what is in it would be lost; mark it with [JsonInclude], or with [NonSerialized] if it need not travel";
    }

    private void AddParts()
    {
        foreach (var property in _contract.Properties)
        {
            if (property.AttributeProvider is not MemberInfo member || IsIgnored(member)) continue;
            if (!Arrives(property) || property.CustomConverter is not null || member.IsDefined(typeof(JsonConverterAttribute), inherit: true)) continue;
            _parts.Add((property.PropertyType, $"{TypeNames.Of(member.DeclaringType!)}.{member.Name}"));
        }
    }

    private bool Arrives(JsonPropertyInfo property) =>
        property.Get is not null
        && (property.Set is not null || property.ObjectCreationHandling == JsonObjectCreationHandling.Populate || _parameters.Contains(((MemberInfo)property.AttributeProvider!).Name));

    /// <summary>The property that the compiler made a field for: of a class, or of an anonymous type.</summary>
    private static string? PropertyOf(FieldInfo field)
    {
        var end = field.Name.IndexOf('>', StringComparison.Ordinal);
        return end > 1 && field.Name[0] == '<' && field.Name[end..] is ">k__BackingField" or ">i__Field" ? field.Name[1..end] : null;
    }

    // An override has the same root as what it overrides.
    private static bool IsSame(JsonPropertyInfo found, PropertyInfo property) =>
        found.AttributeProvider is PropertyInfo other && (other.DeclaringType == property.DeclaringType || other.GetMethod?.GetBaseDefinition() == property.GetMethod?.GetBaseDefinition());

    private static bool IsIgnored(MemberInfo member) => member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };
}
