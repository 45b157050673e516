namespace ActorCompute.Worker.Shared;

/// <summary>
/// The shared values of this process: each is fetched and read once, for all tasks that use it. It also keeps the latest results of calls
/// (<see cref="Keep"/>), so that a call which takes one as its argument and runs here finds it.
/// </summary>
/// <param name="fetch">Gets the bytes of a value from its holder.</param>
/// <param name="mostBytes">Bytes, as they travel, of the values that are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedValueStore(Func<SharedReference, Task<ReadOnlyMemory<byte>>> fetch, long mostBytes, TimeProvider time) : ISharedValues
{
    private static readonly TimeSpan LongestUnused = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly long _startedAt = time.GetTimestamp();
    private readonly RecentEntries<(string Id, Type Type), Task> _values = new(mostBytes, LongestUnused);
    private readonly RecentEntries<string, ReadOnlyMemory<byte>> _results = new(mostBytes, LongestUnused);

    private TimeSpan Now => time.GetElapsedTime(_startedAt);

    /// <summary>An eighth of the memory that this process may use, for values and once more for results.</summary>
    public static long DefaultBytes => Math.Max(64L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8);

    public async ValueTask<T> GetAsync<T>(SharedReference reference, CancellationToken cancellation)
    {
        Task<T> value;
        lock (_lock)
        {
            if (_values.TryGet((reference.Id, typeof(T)), Now, out var known)) value = (Task<T>)known;
            else
            {
                // For all who wait: none of them ends it.
                value = Task.Run(() => LoadAsync<T>(reference), CancellationToken.None);
                _values.Set((reference.Id, typeof(T)), value, reference.Length, Now);
            }
        }

        return await value.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Keeps a result for calls that take it.</summary>
    public void Keep(string id, ReadOnlyMemory<byte> result)
    {
        lock (_lock) _results.Set(id, result, result.Length, Now);
    }

    /// <summary>Called now and then.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            _values.Trim(Now);
            _results.Trim(Now);
        }
    }

    private async Task<T> LoadAsync<T>(SharedReference reference)
    {
        try
        {
            ReadOnlyMemory<byte> bytes;
            bool isHere;
            lock (_lock) isHere = _results.TryGet(reference.Id, Now, out bytes);
            if (!isHere) bytes = await fetch(reference).ConfigureAwait(false);
            return ValueCodec<T>.Instance.Read(bytes.Span);
        }
        catch
        {
            // Who asks next tries again.
            lock (_lock) _values.Remove((reference.Id, typeof(T)));
            throw;
        }
    }
}
