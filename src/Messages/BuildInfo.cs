using System.Reflection;

namespace ActorCompute.Messages;

/// <summary>What this build is.</summary>
public static class BuildInfo
{
    /// <summary>The version of ActorCompute, as packages have it.</summary>
    public static string Version { get; } =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>The engine behind Akka.NET's API and its version, for example <c>embedded 0.1.0</c> or <c>Akka.NET 1.5.70</c>.</summary>
    public static string Engine { get; } = DescribeEngine(typeof(Akka.Actor.ActorSystem).Assembly);

    private static string DescribeEngine(Assembly engine)
    {
        var version = engine.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";
        return engine.GetName().Name == "Akka" ? $"Akka.NET {version}" : $"embedded {version}";
    }
}
