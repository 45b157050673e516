using System.Reflection;

namespace ActorCompute.Engine.Tests.ApiSubset;

/// <summary>Describes types by reflection in the words of the API list.</summary>
internal static class ApiReader
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static ApiType Read(Type type) => new(
        Kind(type), Modifier(type), Name(type), BaseOf(type),
        type.IsEnum ? new HashSet<string>() : type.GetInterfaces().Where(one => one.IsVisible).Select(Name).ToHashSet(),
        type.IsGenericTypeDefinition ? Constraints(type.GetGenericArguments()) : "",
        [.. Members(type).Select(line => new ApiMember(ApiList.MemberName(line), line))]);

    public static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()) + "&";
        if (type.IsArray)
            return Name(type.GetElementType()) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        var arguments = type.IsGenericType ? "<" + string.Join(",", type.GetGenericArguments().Select(Name)) + ">" : "";
        return Definition(type) + arguments;
    }

    private static string Definition(Type type) =>
        (type.IsNested ? Definition(type.DeclaringType) + "+" : type.Namespace + ".") + type.Name.Split('`')[0];

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAssignableTo(typeof(Delegate)) ? "delegate" : "class";

    private static string Modifier(Type type) =>
        type is { IsAbstract: true, IsSealed: true } ? "static" : type is { IsAbstract: true, IsInterface: false } ? "abstract"
            : type.IsSealed && Kind(type) == "class" ? "sealed" : "";

    private static string BaseOf(Type type) =>
        type.BaseType is null || type.BaseType == typeof(object) || type.IsValueType ? "" : Name(type.BaseType);

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            yield return string.Join(", ", Enum.GetNames(type));
            yield break;
        }
        foreach (var constructor in type.GetConstructors(Own).Where(one => IsSeen(one) && !one.IsStatic))
            yield return $"{Access(constructor)} .ctor({Parameters(constructor.GetParameters())})";
        foreach (var property in type.GetProperties(Own))
        {
            var (get, set) = (IsSeen(property.GetMethod), IsSeen(property.SetMethod));
            if (!get && !set)
                continue;
            var accessor = get ? property.GetMethod : property.SetMethod;
            var index = property.GetIndexParameters() is { Length: > 0 } indices ? $"[{Parameters(indices)}]" : "";
            yield return $"{Access(accessor)} {Modifiers(accessor)}{Name(property.PropertyType)} {property.Name}{index} {{ {(get ? "get; " : "")}{(set ? "set; " : "")}}}";
        }
        foreach (var one in type.GetEvents(Own).Where(one => IsSeen(one.AddMethod)))
            yield return $"event {Name(one.EventHandlerType)} {one.Name}";
        foreach (var field in type.GetFields(Own).Where(one => one.IsPublic || one.IsFamily || one.IsFamilyOrAssembly))
            yield return $"{(field.IsPublic ? "public" : "protected")} {(field.IsStatic ? "static " : "")}field {Name(field.FieldType)} {field.Name}";
        foreach (var method in type.GetMethods(Own).Where(one => IsSeen(one) && (!one.IsSpecialName || one.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            var generic = method.IsGenericMethod ? method.GetGenericArguments() : [];
            var parameters = generic.Length > 0 ? "<" + string.Join(",", generic.Select(Name)) + ">" : "";
            yield return $"{Access(method)} {Modifiers(method)}{Name(method.ReturnType)} {method.Name}{parameters}({Parameters(method.GetParameters())}){Constraints(generic)}";
        }
    }

    private static bool IsSeen(MethodBase method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method)
    {
        var kind = method.IsAbstract ? "abstract " : !method.IsVirtual ? ""
            : method.GetBaseDefinition() != method ? "override " : method.IsFinal ? "" : "virtual ";
        return (method.IsStatic ? "static " : "") + kind;
    }

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
    {
        var prefix = (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "") + (parameter.IsOut ? "out " : "");
        var value = parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "";
        return $"{prefix}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }));

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Select(argument =>
    {
        var special = argument.GenericParameterAttributes;
        var isStruct = special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> constraints = [];
        if (isStruct)
            constraints.Add("struct");
        else if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            constraints.Add("class");
        constraints.AddRange(argument.GetGenericParameterConstraints().Where(one => one != typeof(ValueType)).Select(Name));
        if (special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
            constraints.Add("new()");
        return constraints.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", constraints)}";
    }));
}
