using System.Diagnostics;
using ActorCompute.Engine.Tests.Remote;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Remote;
using static Akka.Cluster.ClusterEvent;
using ClusterNode = Akka.Cluster.Cluster;

namespace ActorCompute.Engine.Tests.Cluster;

/// <summary>What the embedded engine promises beyond Akka.NET: membership led by one seed.</summary>
public class SeedRestartTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly List<ActorSystem> _systems = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Task.WhenAll(_systems.Select(system => system.Terminate()));

    [Fact]
    public async Task Seed_CrashesAndIsBack_MembersRejoinWithTheirRoles()
    {
        var seed = Start("seed");
        await seed.JoinAsync(seed.SelfAddress).WaitAsync(Patience);
        var members = new[] { Start("a"), Start("b") };
        foreach (var member in members)
            await member.JoinAsync(seed.SelfAddress).WaitAsync(Patience);
        var seedUnreachable = When(members[0], typeof(UnreachableMember), _ => true);
        var othersGone = When(members[0], typeof(MemberRemoved), e => e is MemberRemoved removed && removed.Member.HasRole("b"));
        var port = seed.SelfAddress.Port.Value;

        Crash(seed);
        await seedUnreachable.WaitAsync(Patience);
        Assert.Equal(3, members[0].State.Members.Count);
        Assert.Null(members[0].State.Leader);

        var again = Start("seed", port);
        var back = members.Select(member =>
            When(again, typeof(MemberUp), e => ((MemberUp)e).Member.UniqueAddress.Equals(member.SelfUniqueAddress))).ToArray();
        var replaced = When(members[1], typeof(MemberUp), e => ((MemberUp)e).Member.UniqueAddress.Equals(again.SelfUniqueAddress));
        await again.JoinAsync(again.SelfAddress).WaitAsync(Patience);

        await Task.WhenAll(back).WaitAsync(Patience);
        await replaced.WaitAsync(Patience);
        Assert.Equal(["a", "b", "seed"], again.State.AllRoles.Order());
        Assert.Equal(again.SelfAddress, members[1].State.Leader);
        Assert.False(othersGone.IsCompleted);
    }

    [Fact]
    public async Task Formation_ThreeNodesThatKnowTheSeed_IsQuick()
    {
        var first = Start("warm-up");
        await first.JoinAsync(first.SelfAddress).WaitAsync(Patience);

        var start = Stopwatch.GetTimestamp();
        var seed = Start("seed");
        var join = seed.JoinAsync(seed.SelfAddress);
        var members = new[] { Start("a"), Start("b") };
        await Task.WhenAll(members.Select(member => member.JoinAsync(seed.SelfAddress)).Append(join)).WaitAsync(Patience);

        // Not one interval of anything is in it (gossip-interval alone is a second); the bound leaves room for a busy machine.
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public async Task Join_SeedStartsLater_ComesUpSoonAfter()
    {
        var port = FreePort.Next();
        var member = Start("a", seedPort: port);
        var up = When(member, typeof(MemberUp), e => ((MemberUp)e).Member.HasRole("a"));
        var refused = When(member.System, typeof(AssociationErrorEvent));
        await refused.WaitAsync(Patience);

        Start("seed", port, seedPort: port);

        await up.WaitAsync(Patience);
    }

    [Fact]
    public void SeedNodes_Several_AreRefused()
    {
        var error = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("sys", ConfigurationFactory.ParseString(
            """
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.seed-nodes = ["akka.tcp://sys@127.0.0.1:5000", "akka.tcp://sys@127.0.0.1:5001"]
            """)));

        Assert.Contains("-p:ActorEngine=akka", error.Message);
    }

    [Fact]
    public void JoinSeedNodes_Several_AreRefused()
    {
        var cluster = Start("a");

        Assert.Throws<ConfigurationException>(() => cluster.JoinSeedNodes(
            [new Address("akka.tcp", "sys", "127.0.0.1", 1), new Address("akka.tcp", "sys", "127.0.0.1", 2)]));
    }

    [Fact]
    public async Task ThreadPool_IsBlocked_NobodyBecomesUnreachable()
    {
        var seed = Start("seed");
        await seed.JoinAsync(seed.SelfAddress).WaitAsync(Patience);
        var member = Start("a");
        await member.JoinAsync(seed.SelfAddress).WaitAsync(Patience);
        var unreachable = When(seed, typeof(UnreachableMember), _ => true);
        using var release = new ManualResetEventSlim();
        var blocked = Enumerable.Range(0, 500).Select(_ => Task.Run(release.Wait)).ToArray();

        // Several times as long as a silence may last, on a thread that is not the pool's.
        await Task.Factory.StartNew(() => release.Wait(TimeSpan.FromSeconds(3)), TaskCreationOptions.LongRunning);

        release.Set();
        await Task.WhenAll(blocked);
        Assert.False(unreachable.IsCompleted);
        Assert.Empty(seed.State.Unreachable);
    }

    private ClusterNode Start(string role, int port = 0, int? seedPort = null)
    {
        var system = ActorSystem.Create("sys", ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = WARNING
              stdout-loglevel = WARNING
              log-dead-letters = off
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              actor.provider = cluster
              remote { retry-gate-closed-for = 200 ms, dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} } }
              cluster {
                roles = ["{{role}}"]
                seed-nodes = [{{(seedPort is { } at ? $"\"akka.tcp://sys@127.0.0.1:{at}\"" : "")}}]
                failure-detector { heartbeat-interval = 50 ms, acceptable-heartbeat-pause = 800 ms, expected-response-after = 50 ms }
              }
            }
            """));
        _systems.Add(system);
        return ClusterNode.Get(system);
    }

    /// <summary>As if the process were gone: connections end without a word, and the port is free.</summary>
    private static void Crash(ClusterNode cluster) => ((RemoteActorRefProvider)cluster.System.Provider).Hub.Abort();

    private static Task When(ClusterNode cluster, Type type, Func<IClusterDomainEvent, bool> condition)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Subscribe(
            cluster.System.ActorOf(Props.Create(() => new Observer<IClusterDomainEvent>(condition, seen))),
            SubscriptionInitialStateMode.InitialStateAsEvents,
            type);
        return seen.Task;
    }

    private static Task When(ActorSystem system, Type type)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new Observer<object>(_ => true, seen))), type);
        return seen.Task;
    }

    private sealed class Observer<T> : UntypedActor
    {
        private readonly Func<T, bool> _condition;
        private readonly TaskCompletionSource _seen;

        public Observer(Func<T, bool> condition, TaskCompletionSource seen)
        {
            _condition = condition;
            _seen = seen;
        }

        protected override void OnReceive(object message)
        {
            if (message is T wanted && _condition(wanted))
                _seen.TrySetResult();
        }
    }
}
