using System.Collections.Concurrent;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting.Tests.Support;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;

namespace ActorCompute.Remoting.Tests.Actors;

/// <summary>Whole actor systems on the transport, with the configuration of the product.</summary>
[Collection(Alone.Name)]
public sealed class ActorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ClusterSecret Secret = ClusterSecret.FromText(TestNode.Secret);

    [Fact]
    public async Task Ask_BetweenTwoSystems_IsAnswered()
    {
        using var a = new TestSystem(Secret);
        using var b = new TestSystem(Secret);
        b.System.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = a.Find(b, "echo");
        for (var i = 0; i < 100; i++) Assert.Equal(i, await AskAsync(echo, i));
        Assert.StartsWith("akka.tcp://actorcompute@127.0.0.1:", $"{b.Address}", StringComparison.Ordinal);
        await a.StopAsync();
        await b.StopAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tell_ManyMessages_ArriveInOrder(bool isTls)
    {
        using var authority = new TestAuthority("ours");
        (TlsCertificate, string)? tls = isTls ? (authority.Issue("node"), authority.Trusted) : null;
        using var a = new TestSystem(Secret, tls: tls);
        using var b = new TestSystem(Secret, tls: tls);
        var seen = new ConcurrentQueue<long>();
        b.System.ActorOf(Props.Create(() => new Sink(seen)), "sink");
        var sink = await a.Find(b, "sink").ResolveOne(Patience);
        for (var i = 0; i < 20_000; i++) sink.Tell(new WorkReport { Job = "tell", LastSequence = i });
        await Poll.UntilAsync("all of them", Patience, () => seen.Count == 20_000);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (long)i), seen);
        await a.StopAsync();
        await b.StopAsync();
    }

    [Fact]
    public async Task System_NewIncarnationAtTheSamePort_IsReached()
    {
        using var a = new TestSystem(Secret);
        var port = 0;
        for (var incarnation = 0; incarnation < 3; incarnation++)
        {
            using var b = new TestSystem(Secret, port);
            port = b.Address.Port!.Value;
            b.System.ActorOf(Props.Create(() => new Echo()), "echo");
            var number = incarnation;
            await Poll.UntilAsync("an answer of the new incarnation", Patience, async () => await TryAskAsync(a.Find(b, "echo"), number) == number);
            await b.StopAsync();
        }

        await a.StopAsync();
    }

    [Fact]
    public async Task Peer_GoneForLongEnough_LeavesNothingBehindAndCanComeBack()
    {
        using var a = new TestSystem(Secret, settings: "forget-milliseconds = 200");
        using var living = new TestSystem(Secret);
        living.System.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal(1, await AskAsync(a.Find(living, "echo"), 1));
        var endpoint = await EndpointsAsync(a);
        var port = 0;
        for (var incarnation = 0; incarnation < 3; incarnation++)
        {
            using var gone = new TestSystem(Secret, port);
            port = gone.Address.Port!.Value;
            gone.System.ActorOf(Props.Create(() => new Echo()), "echo");
            await Poll.UntilAsync("an answer", Patience, async () => await TryAskAsync(a.Find(gone, "echo"), 2) == 2);
            Assert.Equal(2, (await EndpointsAsync(a)).Count);
            await gone.StopAsync();
            await Poll.UntilAsync("the endpoint of who is gone has ended", Patience, async () => (await EndpointsAsync(a)).Count == 1);
        }

        // The one that lives was left alone meanwhile.
        Assert.Equal(endpoint, await EndpointsAsync(a));
        Assert.Equal(3, await AskAsync(a.Find(living, "echo"), 3));
        await a.StopAsync();
        await living.StopAsync();
    }

    [Fact]
    public async Task PoisonPill_OfAStranger_StopsNothing()
    {
        using var node = new TestSystem(Secret);
        using var friend = new TestSystem(Secret);
        using var stranger = new TestSystem(ClusterSecret.Create());
        var stopped = new TaskCompletionSource();
        node.System.ActorOf(Props.Create(() => new Mortal(stopped)), "registry");
        var refused = new ConcurrentQueue<string>();
        stranger.System.EventStream.Subscribe(stranger.System.ActorOf(Props.Create(() => new Errors(refused))), typeof(AssociationErrorEvent));
        await Poll.UntilAsync("three refused tries", Patience, () =>
        {
            stranger.Find(node, "registry").Tell(PoisonPill.Instance);
            stranger.Find(node, "registry").Tell(Kill.Instance);
            return refused.Count >= 3;
        });
        Assert.All(refused, text => Assert.Contains("the cluster secret is another one", text, StringComparison.Ordinal));
        Assert.False(stopped.Task.IsCompleted);
        Assert.Equal(5, await AskAsync(friend.Find(node, "registry"), 5));

        // The same from somebody who knows the secret does stop it: what is tested is the door.
        friend.Find(node, "registry").Tell(PoisonPill.Instance);
        await stopped.Task.WaitAsync(Patience);
        await Task.WhenAll(node.StopAsync(), friend.StopAsync(), stranger.StopAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pool_FullOfBlockingWork_MessagesFlow(bool isTls)
    {
        using var authority = new TestAuthority("ours");
        (TlsCertificate, string)? tls = isTls ? (authority.Issue("node"), authority.Trusted) : null;
        using var release = new ManualResetEventSlim();
        var ran = 0;
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.GetMaxThreads(out var mostWorkers, out var mostPorts);
        Assert.True(ThreadPool.SetMaxThreads(ThreadPool.ThreadCount + 8, mostPorts)); // some are the test runner's
        using var a = new TestSystem(Secret, tls: tls);
        using var b = new TestSystem(Secret, tls: tls);
        try
        {
            b.System.ActorOf(Props.Create(() => new Echo()).WithDispatcher("akka.actor.internal-dispatcher"), "echo");
            var seen = new ConcurrentQueue<long>();
            var sink = a.System.ActorOf(Props.Create(() => new Sink(seen)).WithDispatcher("akka.actor.internal-dispatcher"));
            var errors = new ConcurrentQueue<string>();
            a.System.EventStream.Subscribe(a.System.ActorOf(Props.Create(() => new Errors(errors)).WithDispatcher("akka.actor.internal-dispatcher")), typeof(AssociationErrorEvent));
            for (var i = 0; i < 200; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ =>
                {
                    Interlocked.Increment(ref ran);
                    release.Wait();
                }, null);
            }

            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref ran) >= 4, Patience), "the pool took no work");
            // Also the first contact, with its handshake, happens while the pool is full.
            var echo = a.Find(b, "echo");
            for (var i = 0; i < 50; i++) echo.Tell(new WorkReport { Job = "ask", LastSequence = i }, sink);
            var isThere = SpinWait.SpinUntil(() => seen.Count == 50, Patience);
            Assert.True(isThere, $"{seen.Count} of 50 answers while the pool is full. {string.Join(" | ", errors)}");
            Assert.InRange(Volatile.Read(ref ran), 4, 199);
        }
        finally
        {
            release.Set();
            ThreadPool.SetMaxThreads(mostWorkers, mostPorts);
            ThreadPool.SetMinThreads(workers, ports);
        }
    }

    private static async Task<long> AskAsync(ActorSelection echo, long number) =>
        (await echo.Ask<WorkReport>(new WorkReport { Job = "ask", LastSequence = number }, TimeSpan.FromSeconds(3))).LastSequence;

    private static async Task<long?> TryAskAsync(ActorSelection echo, long number)
    {
        try
        {
            return await AskAsync(echo, number);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>The actors that Akka.Remote keeps for other systems, by the path of each.</summary>
    private static async Task<List<string>> EndpointsAsync(TestSystem system)
    {
        var manager = (ActorRefWithCell)await system.System.ActorSelection("/system/endpointManager").ResolveOne(Patience);
        return [.. manager.Children.Select(child => child.Path.ToString()).Order(StringComparer.Ordinal)];
    }

    private sealed class Errors(ConcurrentQueue<string> seen) : UntypedActor
    {
        protected override void OnReceive(object message) => seen.Enqueue(((AssociationErrorEvent)message).Cause.GetBaseException().Message);
    }

    private sealed class Mortal(TaskCompletionSource stopped) : Echo
    {
        protected override void PostStop() => stopped.SetResult();
    }

    private class Echo : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is WorkReport report) Sender.Tell(report);
        }
    }

    private sealed class Sink(ConcurrentQueue<long> seen) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is WorkReport report) seen.Enqueue(report.LastSequence);
        }
    }
}
