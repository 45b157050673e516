using System.Collections.Concurrent;
using ActorCompute.Hosting;
using Akka.Actor;
using Akka.Cluster;

namespace ActorCompute.Chaos.Support;

/// <summary>A member of the cluster that does no work: it writes down whom the members call unreachable.</summary>
internal sealed class MemberWatch : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly ConcurrentQueue<string> _unreachable = new();
    private readonly Cluster _cluster;

    public MemberWatch(string seed)
    {
        var endpoint = HostEndpoint.Parse(seed);
        _system = SystemConfig.CreateSystem(SystemConfig.Member(HostEndpoint.Loopback, endpoint, "observer"));
        _cluster = Cluster.Get(_system);
        var unreachable = _unreachable;
        _system.ActorOf(Props.Create(() => new Listener(unreachable)));
    }

    /// <summary>Members that are up, itself included.</summary>
    public int Up => _cluster.State.Members.Count(member => member.Status == MemberStatus.Up);

    /// <summary>Who became unreachable, ever.</summary>
    public IReadOnlyList<string> Unreachable => [.. _unreachable];

    public async ValueTask DisposeAsync() => await ProgramLifetime.ShutDownAsync(_system, TimeSpan.FromSeconds(5));

    private sealed class Listener : ReceiveActor
    {
        public Listener(ConcurrentQueue<string> unreachable)
        {
            Receive<ClusterEvent.UnreachableMember>(lost => unreachable.Enqueue(lost.Member.ToString()!));
            ReceiveAny(_ => { });
            Cluster.Get(Context.System).Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.UnreachableMember));
        }
    }
}
