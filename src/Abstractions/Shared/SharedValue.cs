using System.Text.Json.Serialization;

namespace ActorCompute;

/// <summary>
/// A value that many calls use: <c>cluster.Share(value)</c> gives it, each worker process gets it once, with the first task that uses it.
/// It may be a part of any input (<c>cluster.Map(p =&gt; p.Model.Value.Score(p.X), xs.Select(x =&gt; (x, model)))</c>), or an argument of its own,
/// and then the function takes the value itself: <c>cluster.Submit(Score, model, cluster.Share(x))</c>.
/// </summary>
/// <remarks>
/// All tasks of a worker process see the same object, at the same time maybe: they must not change it. Workers keep what was used
/// lately, within bounds, and get it again when it is used again. What is done to the value after it was shared reaches no worker.
/// </remarks>
/// <typeparam name="T">Its type; it travels as an argument does.</typeparam>
[JsonConverter(typeof(SharedValueConverters))]
public sealed class SharedValue<T> : IRemoteValue<T>, ISharedArgument, IDisposable
{
    private readonly Action? _withdraw;
    private Task<T>? _arrival;

    /// <summary>Of a client.</summary>
    /// <param name="value">The value.</param>
    /// <param name="encoded">As it travels, where it is small enough to go along; empty where there is a reference.</param>
    /// <param name="reference">Where workers get it, else.</param>
    /// <param name="withdraw">Takes it back.</param>
    internal SharedValue(T value, ReadOnlyMemory<byte> encoded, SharedReference? reference, Action? withdraw)
    {
        (Encoded, Reference, _withdraw) = (encoded, reference, withdraw);
        _arrival = Task.FromResult(value);
    }

    /// <summary>Of a worker, where it came within an input.</summary>
    internal SharedValue(SharedReference reference) => Reference = reference;

    internal ReadOnlyMemory<byte> Encoded { get; }

    internal SharedReference? Reference { get; }

    /// <summary>The value. In a worker the first task that asks for it waits until it has come.</summary>
    /// <exception cref="InputException">The client that shared it has taken it back, or is gone.</exception>
    /// <exception cref="InvalidOperationException">This is neither the program that shared it nor a worker.</exception>
    public T Value => GetAsync(AmbientTask.Current?.Context?.Cancellation ?? CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Takes it back: tasks that have not got it yet fail. Values that are not taken back are there as long as the cluster is used.</summary>
    public void Dispose() => _withdraw?.Invoke();

    /// <summary>The same for work that waits (I/O), which should not block.</summary>
    /// <inheritdoc cref="Value"/>
    public ValueTask<T> GetAsync(CancellationToken cancellation = default)
    {
        if (_arrival is { IsCompletedSuccessfully: true } here) return new(here.Result);
        var values = ProcessSharedValues.Current ?? throw new InvalidOperationException("a shared value that came back from a worker has no value here; use the one that was shared.");
        return GetAsync(values, cancellation);
    }

    async ValueTask<object?> ISharedArgument.GetObjectAsync(CancellationToken cancellation) => await GetAsync(cancellation).ConfigureAwait(false);

    private async ValueTask<T> GetAsync(ISharedValues values, CancellationToken cancellation)
    {
        var value = await values.GetAsync<T>(Reference!, cancellation).ConfigureAwait(false);
        _arrival = Task.FromResult(value);
        return value;
    }
}
