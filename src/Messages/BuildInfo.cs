using System.Reflection;

namespace ActorCompute.Messages;

/// <summary>What this build is.</summary>
public static class BuildInfo
{
    /// <summary>The version of ActorCompute, as packages have it.</summary>
    public static string Version { get; } = VersionOf(typeof(BuildInfo).Assembly);

    /// <summary>Akka.NET with its version, for example <c>Akka.NET 1.5.74</c>.</summary>
    public static string Engine { get; } = "Akka.NET " + VersionOf(typeof(Akka.Actor.ActorSystem).Assembly);

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";
}
