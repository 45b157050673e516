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

    /// <summary>The type, or null when no such type can be loaded.</summary>
    public static Type Resolve(string name)
    {
        var comma = name.LastIndexOf(',');
        if (comma >= 0 && EngineAssemblies.TryGetValue(name[(comma + 1)..].Trim(), out var assembly))
            name = name[..comma].Trim() + ", " + assembly;
        return Type.GetType(name, throwOnError: false);
    }

    /// <summary>"Namespace.Type, Assembly" without version, the form configuration uses.</summary>
    public static string Short(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
