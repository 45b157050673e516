using ActorCompute.Worker.Shared;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Worker.Tests.Shared;

public sealed class SharedValueStoreTests
{
    private static readonly SharedReference Reference = new("id", "holder", 5, 0);

    private int _fetched;

    [Fact]
    public async Task GetAsync_ManyAtOnce_FetchesAndReadsOnce()
    {
        var bytes = new TaskCompletionSource<ReadOnlyMemory<byte>>();
        var store = Store(() => bytes.Task);
        var waiting = Enumerable.Range(0, 8).Select(_ => store.GetAsync<string[]>(Reference, CancellationToken.None).AsTask()).ToList();
        bytes.SetResult("[\"a\"]"u8.ToArray());
        var values = await Task.WhenAll(waiting);
        Assert.All(values, value => Assert.Same(values[0], value));
        Assert.Equal(["a"], values[0]);
        Assert.Same(values[0], await store.GetAsync<string[]>(Reference, CancellationToken.None));
        Assert.Equal(1, _fetched);
    }

    [Fact]
    public async Task GetAsync_OneWaiterIsCancelled_TheOthersGetIt()
    {
        var bytes = new TaskCompletionSource<ReadOnlyMemory<byte>>();
        var store = Store(() => bytes.Task);
        using var source = new CancellationTokenSource();
        var cancelled = store.GetAsync<int>(Reference, source.Token).AsTask();
        var other = store.GetAsync<int>(Reference, CancellationToken.None).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        bytes.SetResult("7"u8.ToArray());
        Assert.Equal(7, await other);
        Assert.Equal(1, _fetched);
    }

    [Fact]
    public async Task GetAsync_AfterAFailure_TriesAgain()
    {
        var store = Store(() => _fetched == 1 ? Task.FromException<ReadOnlyMemory<byte>>(new TimeoutException("silent")) : Bytes("7"));
        await Assert.ThrowsAsync<TimeoutException>(async () => await store.GetAsync<int>(Reference, CancellationToken.None));
        Assert.Equal(7, await store.GetAsync<int>(Reference, CancellationToken.None));
    }

    [Fact]
    public async Task GetAsync_OtherBytesThanItsType_SaysSo()
    {
        var store = Store(() => Bytes("\"text\""));
        await Assert.ThrowsAsync<FormatException>(async () => await store.GetAsync<int>(Reference, CancellationToken.None));
    }

    [Fact]
    public async Task GetAsync_ResultThatWasKept_IsNotFetched()
    {
        var store = Store(() => Bytes("1"));
        store.Keep("id", "2"u8.ToArray());
        Assert.Equal(2, await store.GetAsync<int>(Reference, CancellationToken.None));
        Assert.Equal(0, _fetched);
    }

    [Fact]
    public async Task Trim_UnusedForLong_IsFetchedAgain()
    {
        var time = new FakeTimeProvider();
        var store = new SharedValueStore(_ => Fetch(() => Bytes("1")), 1 << 20, time);
        await store.GetAsync<int>(Reference, CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(11));
        store.Trim();
        await store.GetAsync<int>(Reference, CancellationToken.None);
        Assert.Equal(2, _fetched);
    }

    private SharedValueStore Store(Func<Task<ReadOnlyMemory<byte>>> fetch) => new(_ => Fetch(fetch), 1 << 20, TimeProvider.System);

    private Task<ReadOnlyMemory<byte>> Fetch(Func<Task<ReadOnlyMemory<byte>>> fetch)
    {
        Interlocked.Increment(ref _fetched);
        return fetch();
    }

    private static Task<ReadOnlyMemory<byte>> Bytes(string json) => Task.FromResult<ReadOnlyMemory<byte>>(System.Text.Encoding.UTF8.GetBytes(json));
}
