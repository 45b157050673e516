using System.Reflection;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Util;

/// <summary>
/// Type names as configuration writes them. The names of Akka.NET's assemblies stand for the engine's own, so that
/// the same configuration works on both engines.
/// </summary>
internal static class TypeNames
{
    private static readonly Dictionary<string, string> EngineAssemblies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Akka"] = "ActorCompute.Engine",
        ["Akka.Remote"] = "ActorCompute.Engine.Remote",
        ["Akka.Cluster"] = "ActorCompute.Engine.Cluster",
        ["Akka.TestKit"] = "ActorCompute.Engine.TestKit",
        ["Akka.TestKit.Xunit2"] = "ActorCompute.Engine.TestKit",
    };

    // Those of the reference configuration, which every system asks for.
    private static readonly Dictionary<string, Type> Known = new(StringComparer.Ordinal)
    {
        ["System.Byte[]"] = typeof(byte[]),
        ["System.Object"] = typeof(object),
        ["Akka.Event.DefaultLogger"] = typeof(DefaultLogger),
        ["Akka.Serialization.ByteArraySerializer, Akka"] = typeof(ByteArraySerializer),
    };

    /// <summary>The type, or null when no such type can be loaded.</summary>
    public static Type Resolve(string name)
    {
        if (Known.TryGetValue(name, out var known))
            return known;
        var comma = name.LastIndexOf(',');
        if (comma < 0)
            return Type.GetType(name, throwOnError: false);
        var type = name[..comma].Trim();
        var assembly = name[(comma + 1)..].Trim();
        if (EngineAssemblies.TryGetValue(assembly, out var own))
            assembly = own;
        return FindExported(type, assembly) ?? Type.GetType($"{type}, {assembly}", throwOnError: false);
    }

    /// <summary>"Namespace.Type, Assembly" without version, the form configuration uses.</summary>
    public static string Short(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <summary>
    /// A public type under its plain name, the usual case. The runtime's parser of type names is compiled at its first use,
    /// which takes each process of a cluster 10 ms of its start; to look through an assembly takes less than one.
    /// </summary>
    private static Type FindExported(string type, string assembly)
    {
        if (!IsPlain(type) || !IsPlain(assembly))
            return null;
        try
        {
            foreach (var exported in Assembly.Load(new AssemblyName { Name = assembly }).GetExportedTypes())
            {
                if (exported.FullName == type)
                    return exported;
            }
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or NotSupportedException)
        {
            // No such assembly, or one with types that need what is not here. The one that is asked for may load all the same.
        }
        return null;
    }

    private static bool IsPlain(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or '+'))
                return false;
        }
        return name.Length > 0;
    }
}
