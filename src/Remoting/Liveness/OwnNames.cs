using System.Runtime.CompilerServices;
using ActorCompute.Processes;
using Akka.Actor;

namespace ActorCompute.Remoting;

/// <summary>
/// What other systems call themselves. An actor system takes only messages to its very address, and a person may know it by
/// another: <c>localhost</c>, a host name, an address behind a tunnel. Who is called so says its own address, proved under the
/// cluster's secret, and is called by that one from then on.
/// </summary>
internal sealed class OwnNames
{
    private static readonly ConditionalWeakTable<ActorSystem, OwnNames> Known = new();

    private readonly Dictionary<string, HostEndpoint> _names = new(StringComparer.Ordinal);

    /// <summary>Those that a system has learned.</summary>
    public static OwnNames In(ActorSystem system) => Known.GetOrCreateValue(system);

    /// <summary>The endpoint to call; the given one where nothing else is known.</summary>
    public HostEndpoint Of(HostEndpoint called)
    {
        lock (_names) return _names.Count > 0 && _names.TryGetValue(called.ToString(), out var name) ? name : called;
    }

    public void Learn(HostEndpoint called, HostEndpoint name)
    {
        lock (_names) _names[called.ToString()] = name;
    }

    /// <summary>Nobody answers there any more: what is behind the name may be another machine by now.</summary>
    /// <returns>Whether there was a name to forget.</returns>
    public bool Forget(HostEndpoint called)
    {
        lock (_names) return _names.Remove(called.ToString());
    }
}
