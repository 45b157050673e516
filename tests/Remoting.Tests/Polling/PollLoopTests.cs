using System.Collections.Concurrent;
using System.Net.Sockets;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Polling;

public sealed class PollLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_FromManyThreads_RunsAllInOrderOfEach(bool usesSelect)
    {
        var loop = Start(usesSelect);
        var seen = new ConcurrentQueue<(int Thread, int Number)>();
        var threads = Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var number = i;
                loop.Post(() => seen.Enqueue((thread, number)));
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        await Poll.UntilAsync("all of them", Patience, () => seen.Count == 80_000);
        Assert.All(seen.GroupBy(one => one.Thread), each => Assert.Equal(Enumerable.Range(0, 20_000), each.Select(one => one.Number)));
        loop.Stop();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Schedule_TwoDeadlines_RunInTheirOrderUnlessCancelled(bool usesSelect)
    {
        var loop = Start(usesSelect);
        var seen = new ConcurrentQueue<int>();
        loop.Post(() =>
        {
            loop.Schedule(60, () => seen.Enqueue(3));
            loop.Schedule(20, () => seen.Enqueue(1));
            loop.Schedule(40, () => seen.Enqueue(2)).Cancel();
        });
        await Poll.UntilAsync("two", Patience, () => seen.Count == 2);
        Assert.Equal([1, 3], seen);
        loop.Stop();
    }

    [Fact]
    public async Task Post_AfterTheEnd_RunsAtOnce()
    {
        var loop = Start(usesSelect: false);
        var ended = new TaskCompletionSource();
        loop.Stop();
        loop.Post(ended.SetResult);
        await ended.Task.WaitAsync(Patience);
        await Poll.UntilAsync("the end", Patience, () =>
        {
            var hasRun = false;
            loop.Post(() => hasRun = !loop.IsCurrent);
            return hasRun;
        });
    }

    [Fact]
    public async Task Post_ThatThrows_IsReportedAndTheLoopGoesOn()
    {
        var faults = new ConcurrentQueue<Exception>();
        var loop = new PollLoop("test", CreatePoller(usesSelect: false), faults.Enqueue);
        loop.Start();
        loop.Post(() => throw new InvalidOperationException("mine"));
        var next = new TaskCompletionSource();
        loop.Post(next.SetResult);
        await next.Task.WaitAsync(Patience);
        Assert.Equal("mine", Assert.Single(faults).Message);
        loop.Stop();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_TakenAwayWhileReady_TellsNeitherItNorWhoCameInstead(bool usesSelect)
    {
        var loop = Start(usesSelect);
        using var pair = new Pair();
        using var other = new Pair();
        var seen = new ConcurrentQueue<string>();
        using var silent = new Pair();
        var second = new Watched(other.Reader, _ => seen.Enqueue("second"));
        var third = new Watched(silent.Reader, _ => seen.Enqueue("third"));
        Watched? first = null;
        first = new Watched(pair.Reader, _ =>
        {
            seen.Enqueue("first");
            loop.Watch(second, Interest.None);
            loop.Watch(third, Interest.Read);
            loop.Watch(first!, Interest.None);
        });
        pair.Writer.Send([1]);
        other.Writer.Send([1]);
        loop.Post(() =>
        {
            loop.Watch(first, Interest.Read);
            loop.Watch(second, Interest.Read);
        });
        await Poll.UntilAsync("the first", Patience, () => seen.Contains("first"));
        var passed = new TaskCompletionSource();
        loop.Post(() => loop.Post(() =>
        {
            loop.Watch(third, Interest.None);
            passed.SetResult();
        }));
        await passed.Task.WaitAsync(Patience);
        Assert.Equal(["first"], seen);
        loop.Stop();
    }

    private static PollLoop Start(bool usesSelect)
    {
        var loop = new PollLoop("test", CreatePoller(usesSelect), _ => { });
        loop.Start();
        return loop;
    }

    private static Func<IPoller> CreatePoller(bool usesSelect) => () => usesSelect || !OperatingSystem.IsLinux() ? new SelectPoller() : new EpollPoller();

    private sealed class Watched(Socket socket, Action<Interest> onReady) : IPollable
    {
        public Socket Socket { get; } = socket;

        public PollRegistration Registration { get; } = new();

        public void OnReady(Interest ready) => onReady(ready);
    }

    private sealed class Pair : IDisposable
    {
        public Pair()
        {
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            Writer.Connect(listener.LocalEndpoint);
            Reader = listener.AcceptSocket();
        }

        public Socket Writer { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public Socket Reader { get; }

        public void Dispose()
        {
            Writer.Dispose();
            Reader.Dispose();
        }
    }
}
