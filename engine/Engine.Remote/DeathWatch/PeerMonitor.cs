using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote.Transport;

namespace Akka.Remote.DeathWatch;

/// <summary>
/// Heartbeats with the nodes that somebody here depends on. Everything runs on the remote timer's thread and the
/// connections' own threads, nothing on a dispatcher: a node that only computes hard is not a dead node.
/// </summary>
internal sealed class PeerMonitor(RemoteTimer timer, TimeProvider time, Action<Address> requestHeartbeat)
{
    private readonly ConcurrentDictionary<Address, ImmutableList<Subscription>> _byAddress = new();

    /// <summary>
    /// Calls <paramref name="silent"/> when the node stops answering and <paramref name="spoke"/> when it answers again, in
    /// turns, on the timer's thread, until the result is disposed. With a uid, answers of another incarnation do not count.
    /// </summary>
    public IDisposable Start(Address address, int? uid, DetectorSettings settings, Action silent, Action spoke)
    {
        var subscription = new Subscription(uid, new DeadlineDetector(settings, time), silent, spoke);
        _byAddress.AddOrUpdate(address, _ => [subscription], (_, list) => list.Add(subscription));
        var first = timer.Once(TimeSpan.Zero, () => requestHeartbeat(address));
        var beat = timer.Every(settings.HeartbeatInterval, () =>
        {
            requestHeartbeat(address);
            subscription.Check();
        });
        return new Stop(() =>
        {
            first.Dispose();
            beat.Dispose();
            subscription.End();
            _byAddress.AddOrUpdate(address, _ => [], (_, list) => list.Remove(subscription));
        });
    }

    public void Heard(Address address, int uid)
    {
        if (!_byAddress.TryGetValue(address, out var subscriptions))
            return;
        foreach (var subscription in subscriptions)
            subscription.Heard(uid);
    }

    private sealed class Subscription(int? uid, DeadlineDetector detector, Action silent, Action spoke)
    {
        private bool _wasAvailable = true;
        private volatile bool _ended;

        public void Heard(int from)
        {
            if (uid is null || uid == from)
                detector.Heartbeat();
        }

        public void Check()
        {
            var isAvailable = detector.Look();
            if (_ended || isAvailable == _wasAvailable)
                return;
            _wasAvailable = isAvailable;
            (isAvailable ? spoke : silent)();
        }

        public void End() => _ended = true;
    }

    private sealed class Stop(Action action) : IDisposable
    {
        private Action _action = action;

        public void Dispose() => Interlocked.Exchange(ref _action, null)?.Invoke();
    }
}
