using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>Looks names up on at most two threads of its own, which end when there is nothing to look up.</summary>
internal sealed class NameResolver
{
    private const int MaxThreads = 2;

    private readonly Queue<(string Host, Action<IPAddress[]> OnDone)> _waiting = new();
    private int _threads;

    /// <summary>The addresses of a host, IPv4 first; none for one that nobody knows.</summary>
    public static IPAddress[] Resolve(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];
        try
        {
            var all = Dns.GetHostAddresses(host);
            return [
                .. all.Where(one => one.AddressFamily == AddressFamily.InterNetwork),
                .. all.Where(one => one.AddressFamily == AddressFamily.InterNetworkV6),
            ];
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>The same, without waiting. Calls back on any thread; for an address as text, at once.</summary>
    public void Resolve(string host, Action<IPAddress[]> onDone)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
        {
            onDone([literal]);
            return;
        }

        lock (_waiting)
        {
            _waiting.Enqueue((host, onDone));
            if (_threads == MaxThreads) return;
            _threads++;
        }

        new Thread(Run) { IsBackground = true, Name = "actor-names" }.Start();
    }

    private void Run()
    {
        while (true)
        {
            (string Host, Action<IPAddress[]> OnDone) next;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _threads--;
                    return;
                }
            }

            next.OnDone(Resolve(next.Host));
        }
    }
}
