using System.Reflection;

namespace ActorCompute.Messages;

/// <summary>What this build is.</summary>
public static class BuildInfo
{
    /// <summary>The version of ActorCompute, as packages have it.</summary>
    public static string Version { get; } =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>The name of the engine in this repository.</summary>
    public const string Embedded = "embedded";

    /// <summary>The engine behind Akka.NET's API: <see cref="Embedded"/> or <c>Akka.NET</c>.</summary>
    public static string EngineName { get; } = EngineAssembly.GetName().Name == "Akka" ? "Akka.NET" : Embedded;

    /// <summary>Its version, for example <c>1.5.70</c>.</summary>
    public static string EngineVersion { get; } =
        EngineAssembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";

    /// <summary>Both, for example <c>embedded 0.1.0</c> or <c>Akka.NET 1.5.70</c>.</summary>
    public static string Engine => $"{EngineName} {EngineVersion}";

    private static Assembly EngineAssembly => typeof(Akka.Actor.ActorSystem).Assembly;
}
