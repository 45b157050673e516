using Akka.Configuration;

namespace Akka.Actor;

/// <param name="Recover">Whether the next phase begins although this one failed.</param>
internal sealed record ShutdownPhase(string Name, IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover, bool Enabled);

/// <summary>The phases in an order that honours what each depends on.</summary>
internal static class ShutdownPhases
{
    public static IReadOnlyList<ShutdownPhase> FromConfig(Config config)
    {
        var defaultTimeout = config.GetTimeSpan("default-phase-timeout");
        var phases = config.Keys("phases").Select(name =>
        {
            var phase = config.Section($"phases.\"{name}\"");
            return new ShutdownPhase(name, [.. phase.GetStringList("depends-on")], phase.GetTimeSpan("timeout", defaultTimeout),
                phase.GetBoolean("recover", true), phase.GetBoolean("enabled", true));
        });
        return Sort([.. phases]);
    }

    /// <summary>Depth first, dependencies before dependents; otherwise in the order given. A cycle is an error.</summary>
    public static IReadOnlyList<ShutdownPhase> Sort(IReadOnlyList<ShutdownPhase> phases)
    {
        var byName = phases.ToDictionary(phase => phase.Name, StringComparer.Ordinal);
        var sorted = new List<ShutdownPhase>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var phase in phases)
            Visit(phase.Name);
        return sorted;

        void Visit(string name)
        {
            if (done.Contains(name))
                return;
            if (!open.Add(name))
                throw new ArgumentException($"Cycle detected in the coordinated shutdown phases at [{name}].");
            // A phase that is only named by others has no tasks and no time-out of its own.
            if (byName.TryGetValue(name, out var phase))
            {
                foreach (var dependency in phase.DependsOn)
                    Visit(dependency);
                sorted.Add(phase);
            }
            open.Remove(name);
            done.Add(name);
        }
    }
}
