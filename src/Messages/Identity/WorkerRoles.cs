using System.Globalization;

namespace ActorCompute.Messages;

/// <summary>
/// The roles of a worker's cluster member: they say which life of which worker it is, so that the registry can tell a leftover
/// of an earlier life from a later one that has joined and not registered yet.
/// </summary>
public static class WorkerRoles
{
    private const string WorkerPrefix = "worker-";
    private const string IncarnationPrefix = "incarnation-";

    /// <summary>The roles of a life's member.</summary>
    public static IReadOnlyList<string> Of(WorkerLife life) =>
        ["worker", WorkerPrefix + life.Worker, string.Create(CultureInfo.InvariantCulture, $"{IncarnationPrefix}{life.Incarnation}")];

    /// <summary>The life that a member's roles name; null for a member that is no worker. Without a number it is incarnation 0, before all others.</summary>
    public static WorkerLife? Read(IEnumerable<string> roles)
    {
        string? worker = null;
        var incarnation = 0L;
        foreach (var role in roles)
        {
            if (role.StartsWith(WorkerPrefix, StringComparison.Ordinal)) worker = role[WorkerPrefix.Length..];
            else if (role.StartsWith(IncarnationPrefix, StringComparison.Ordinal)
                && long.TryParse(role.AsSpan(IncarnationPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) incarnation = number;
        }

        return worker is null ? null : new(new(worker), incarnation);
    }
}
