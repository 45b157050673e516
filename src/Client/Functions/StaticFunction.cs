using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using ActorCompute.Messages;
using Google.Protobuf;

namespace ActorCompute.Client.Functions;

/// <summary>From a delegate to what workers need to find the very same method: its assembly, the build of that, the method's token.</summary>
internal static class StaticFunction
{
    private const string WhatToDo = "make it a static method, and give it what it needs as its argument";

    // Closures that were looked at, and hold nothing.
    private static readonly ConcurrentDictionary<Type, bool> Empty = new();

    /// <exception cref="ArgumentException">It cannot be called in another process; the message says what to do.</exception>
    public static FunctionReference Describe(Delegate function)
    {
        CheckTarget(function);
        return Describe(function.Method);
    }

    /// <inheritdoc cref="Describe(Delegate)"/>
    public static FunctionReference Describe(MethodInfo method)
    {
        var assembly = method.Module.Assembly;
        if (method.IsGenericMethod || method.DeclaringType is null or { IsGenericType: true }) throw Refused(method, "it is generic", "wrap it in a static method without type parameters");
        if (assembly.IsDynamic || AssemblyOrigin.FileOf(assembly).Length == 0) throw Refused(method, "its assembly is no file", "publish the program without single-file, or put the function into a class library");
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType.IsByRef || parameter.ParameterType.IsPointer || parameter.ParameterType.IsByRefLike) throw Refused(method, $"its parameter {parameter.Name} is a reference", "pass values");
        }

        return ReferenceTo(method.DeclaringType, AssemblyOrigin.FileOf(assembly), method.MetadataToken, $"{method.DeclaringType.FullName}.{method.Name}");
    }

    private static FunctionReference ReferenceTo(Type type, string file, int token, string name) => new()
    {
        Assembly = type.Assembly.GetName().Name ?? "",
        Path = file,
        Module = ByteString.CopyFrom(type.Module.ModuleVersionId.ToByteArray()),
        Method = token,
        Name = name,
    };

    /// <summary>The class of a kind of the user's, which a worker makes again; null for one that it could not make, or knows without.</summary>
    public static FunctionReference? DescribeKind(IJobKind kind)
    {
        var type = kind.GetType();
        var file = AssemblyOrigin.FileOf(type.Assembly);
        var isMadeAgain = KindVersion.Of(kind) != kind.Version && !type.IsGenericType && file.Length > 0
            && type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes) is not null;
        return isMadeAgain ? ReferenceTo(type, file, type.MetadataToken, type.FullName!) : null;
    }

    /// <summary>Refuses what needs an object of this process.</summary>
    public static void CheckTarget(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function.HasSingleTarget is false) throw Refused(function, "it stands for several methods", "pass one method");
        if (function.Target is not { } target || Empty.ContainsKey(target.GetType())) return;
        var type = target.GetType();
        if (!type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)) throw Refused(function, $"it is an instance method of {type.Name}, which exists in this process only", WhatToDo);
        var captured = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (captured is [var only]) throw Refused(function, $"it captures {Readable(only.Name)}, which exists in this process only", WhatToDo);
        if (captured.Length > 1)
        {
            // Lambdas of one method share what they capture, so it cannot be said which of these is this one's.
            throw Refused(function, $"it captures some of {string.Join(", ", captured.Select(field => Readable(field.Name)).Distinct())}, which exist in this process only", WhatToDo);
        }

        Empty.TryAdd(type, true);
    }

    // <>4__this and <>8__locals1 are the compiler's names for what surrounds the lambda.
    private static string Readable(string field) => field.StartsWith('<') ? "its surroundings" : $"'{field}'";

    private static ArgumentException Refused(Delegate function, string why, string whatToDo) => Refused(function.Method, why, whatToDo);

    private static ArgumentException Refused(MethodInfo method, string why, string whatToDo) =>
        new($"{NameOf(method)} cannot be called on a worker: {why}; {whatToDo}.");

    /// <summary>A function as a person calls it. The compiler names a lambda <c>&lt;Main&gt;b__0_1</c>, a function within a method <c>&lt;Main&gt;g__Square|0_0</c>.</summary>
    public static string NameOf(MethodInfo method)
    {
        if (!method.Name.StartsWith('<')) return $"{method.DeclaringType?.Name}.{method.Name}";
        var (from, to) = (method.Name.IndexOf(">g__", StringComparison.Ordinal), method.Name.LastIndexOf('|'));
        return from > 0 && to > from ? method.Name[(from + ">g__".Length)..to] : "the lambda";
    }
}
