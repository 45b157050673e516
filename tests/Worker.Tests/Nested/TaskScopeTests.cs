using System.Runtime.CompilerServices;
using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Nested;
using ActorCompute.Worker.Node;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Google.Protobuf;

namespace ActorCompute.Worker.Tests.Nested;

/// <summary>What the node is told of the calls that tasks make, and what ends them.</summary>
public sealed class TaskScopeTests : TestKit
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly TestProbe _node;
    private readonly FakeCluster _cluster = new();
    private readonly OpenedJob _job;
    private readonly TaskScope _scope;
    private int _attached;

    public TaskScopeTests()
    {
        _node = CreateTestProbe();
        var nested = new NestedCluster(() =>
        {
            _attached++;
            return (terms, call) =>
            {
                (_cluster.Terms, _cluster.Caller) = (terms, call);
                return _cluster;
            };
        }, mostLent: 2);
        _job = TestJobs.Opening(new(null, TimeSpan.Zero, Depth: 3) { Client = "client", Priority = 7 }, nested: nested);
        _job.Call = new() { InitializerArgument = ByteString.CopyFromUtf8("7") };
        _scope = NewScope();
    }

    [Fact]
    public async Task SubmitAsync_TwoPending_SlotIsLentOnceAndTakenBackWithTheLast()
    {
        var context = Begin(_scope, CancellationToken.None);
        Assert.Equal(0, _attached);
        var (first, second) = (context.Cluster.SubmitAsync(Twice, 1), context.Cluster.SubmitAsync(Twice, 2));
        Assert.Same(_job, _node.ExpectMsg<SlotLent>(Bound).Job);

        _cluster.Pending[0].SetResult(2);
        Assert.Equal(2, await first);
        _node.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        _cluster.Pending[1].SetResult(4);
        Assert.Equal(4, await second);
        _node.ExpectMsg<SlotTakenBack>(Bound);
        Assert.Equal((1, 4, _job.Call), (_attached, _cluster.Terms?.Depth, _cluster.Caller));
    }

    [Fact]
    public async Task Needing_TaskWithoutNeeds_StartsTasksThatNeed()
    {
        var context = Begin(_scope, CancellationToken.None);
        var needs = Resources.Of(("gpu", 1));
        var call = context.Cluster.Needing(needs).SubmitAsync(Twice, 1);
        _cluster.Pending[0].SetResult(2);
        Assert.Equal(2, await call);
        Assert.Equal(new NestedTerms(4, "client", 7, IsAwaitedByHolder: false, needs), _cluster.Terms);
    }

    [Fact]
    public async Task Needing_TaskHoldsResources_IsRefusedAndTheSlotIsNotLentAnyMore()
    {
        var nested = new NestedCluster(() => (_, _) => _cluster, mostLent: 2);
        var job = TestJobs.Opening(new(null, TimeSpan.Zero) { Needs = Resources.Of(("gpu", 1)) }, nested: nested);
        var context = Begin(NewScope(job), CancellationToken.None);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => context.Cluster.Needing(Resources.Of(("mem", 1))).SubmitAsync(Twice, 1));
        Assert.Contains("(gpu=1), so what it starts may need none (mem=1)", error.Message, StringComparison.Ordinal);
        _node.ExpectMsg<SlotLent>(Bound);
        _node.ExpectMsg<SlotTakenBack>(Bound);
    }

    [Fact]
    public async Task MapAsync_SlotIsLentOnlyWhileTheNextResultIsNotThere()
    {
        await using var results = Begin(_scope, CancellationToken.None).Cluster.MapAsync(Twice, [1, 2]).GetAsyncEnumerator();
        var next = results.MoveNextAsync().AsTask();
        _node.ExpectMsg<SlotLent>(Bound);
        _cluster.Pending[0].SetResult(2);
        Assert.True(await next);
        _node.ExpectMsg<SlotTakenBack>(Bound);

        Assert.True(await results.MoveNextAsync());
        Assert.Equal(2, results.Current);
        Assert.False(await results.MoveNextAsync());
        _node.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task End_CallPending_IsCancelledAndTheSlotTakenBackOnce()
    {
        var context = Begin(_scope, CancellationToken.None);
        var call = context.Cluster.SubmitAsync(Twice, 1);
        _node.ExpectMsg<SlotLent>(Bound);

        _scope.End();

        _node.ExpectMsg<SlotTakenBack>(Bound);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Bound));
        _node.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Assert.Contains("has ended", (await Assert.ThrowsAsync<InvalidOperationException>(() => context.Cluster.SubmitAsync(Twice, 1))).Message, StringComparison.Ordinal);
        Assert.Null(_scope.Context);
    }

    [Fact]
    public async Task Cancellation_OfTheTask_CancelsItsCallsAndNotThoseOfTheNext()
    {
        using var source = new CancellationTokenSource();
        var first = Begin(_scope, source.Token).Cluster.SubmitAsync(Twice, 1);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Bound));
        _scope.End();

        var second = Begin(_scope, CancellationToken.None).Cluster.SubmitAsync(Twice, 2);
        _cluster.Pending[1].SetResult(4);
        Assert.Equal(4, await second);
    }

    [Fact]
    public async Task SubmitAsync_MoreTasksWaitThanMay_FailsAndSaysWhy()
    {
        var calls = Enumerable.Range(0, 2).Select(_ => Begin(NewScope(), CancellationToken.None).Cluster.SubmitAsync(Twice, 1)).ToList();
        var third = Begin(_scope, CancellationToken.None);
        Assert.StartsWith("2 tasks of this worker wait", (await Assert.ThrowsAsync<InvalidOperationException>(() => third.Cluster.SubmitAsync(Twice, 1))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await third.Cluster.MapAsync(Twice, [1]).GetAsyncEnumerator().MoveNextAsync());

        _cluster.Pending[0].SetResult(2);
        await calls[0];
        var again = third.Cluster.SubmitAsync(Twice, 3);
        _cluster.Pending[^1].SetResult(6);
        Assert.Equal(6, await again);
    }

    [Fact]
    public async Task SubmitAsync_TooDeep_FailsAndSaysWhy()
    {
        var deep = TestJobs.Opening(new(null, TimeSpan.Zero, NestedCluster.MaxDepth), nested: _job.Nested);
        var context = Begin(new(new ChunkRun(deep, new(), new(null), TimeProvider.System), _node.Ref), CancellationToken.None);
        Assert.StartsWith("256 tasks wait for this one", (await Assert.ThrowsAsync<InvalidOperationException>(() => context.Cluster.SubmitAsync(Twice, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Current_FlowsThroughAwaitsAndTaskRun()
    {
        Assert.Throws<InvalidOperationException>(() => TaskContext.Current);
        AmbientTask.Current = _scope;
        Begin(_scope, CancellationToken.None);
        Assert.Equal(7, await Task.Run(async () =>
        {
            await Task.Yield();
            return TaskContext.Current.Number;
        }));
        Assert.Same(_scope, TaskContext.Current.Cluster);
        _scope.End();
        Assert.Throws<InvalidOperationException>(() => TaskContext.Current);
        AmbientTask.Current = null;
    }

    private static int Twice(int number) => 2 * number;

    private static TaskContext Begin(TaskScope scope, CancellationToken cancellation) => scope.Begin(new Batch { First = 7, Count = 1, Attempt = 1 }, cancellation);

    private TaskScope NewScope(OpenedJob? job = null) => new(new ChunkRun(job ?? _job, new(), new(null), TimeProvider.System), _node.Ref);

    /// <summary>Answers when a test says so.</summary>
    private sealed class FakeCluster : DelegateCluster
    {
        public NestedTerms? Terms { get; set; }

        public FunctionCall? Caller { get; set; }

        public List<TaskCompletionSource<object>> Pending { get; } = [];

        public override Task<TResult> CallAsync<TInput, TResult>(Delegate function, TInput input, CancellationToken cancellation) => NextAsync<TResult>(cancellation);

        /// <summary>The first result when a test says so, and with it the others.</summary>
        public override async IAsyncEnumerable<TResult> CallEachAsync<TInput, TResult>(Delegate function, IEnumerable<TInput> inputs, [EnumeratorCancellation] CancellationToken cancellation)
        {
            var first = await NextAsync<TResult>(cancellation);
            foreach (var _ in inputs) yield return first;
        }

        private async Task<TResult> NextAsync<TResult>(CancellationToken cancellation)
        {
            var pending = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
            Pending.Add(pending);
            return (TResult)await pending.Task.WaitAsync(cancellation);
        }
    }
}
