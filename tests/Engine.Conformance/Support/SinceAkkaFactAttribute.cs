using System.Reflection;
using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Support;

/// <summary>A fact that holds from some version of Akka.NET on. On an older one it is skipped and counted as that; on the embedded engine it always runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SinceAkkaFactAttribute : FactAttribute
{
    public SinceAkkaFactAttribute(string since, string reason)
    {
        if (ReasonToSkip(typeof(ActorSystem).Assembly.GetName().Name, EngineVersion, since) is { } older)
            Skip = $"{older}: {reason}";
    }

    private static string EngineVersion =>
        typeof(ActorSystem).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static string ReasonToSkip(string engine, string version, string since)
    {
        if (engine != "Akka")
            return null;
        var numbers = version?.Split('+', '-')[0];
        return Version.TryParse(numbers, out var present) && present >= Version.Parse(since)
            ? null
            : $"this is Akka.NET {version}, it needs {since}";
    }
}
