using System.Collections;

namespace ActorCompute.Scheduling;

/// <summary>
/// The chunks that a worker has, in the order of their numbers, which rise. Most leave near the front, so what lies before is moved,
/// not what lies behind.
/// </summary>
internal sealed class SentChunks : IReadOnlyList<LedgerChunk>
{
    private LedgerChunk?[] _chunks = new LedgerChunk?[4];
    private int _start;

    public int Count { get; private set; }

    public LedgerChunk this[int index] => _chunks[_start + index]!;

    /// <summary>The one that was sent last.</summary>
    public LedgerChunk Last => _chunks[_start + Count - 1]!;

    public void Add(LedgerChunk chunk)
    {
        if (_start + Count == _chunks.Length) MakeRoom();
        _chunks[_start + Count++] = chunk;
    }

    /// <returns>The chunk of that number, or null if it is not here.</returns>
    public LedgerChunk? Find(long sequence) => IndexOf(sequence) is var index and >= 0 ? this[index] : null;

    /// <returns>The chunk of that number, which is here no more, or null if it was not.</returns>
    public LedgerChunk? Remove(long sequence)
    {
        var index = IndexOf(sequence);
        if (index < 0) return null;
        var chunk = this[index];
        if (index < Count / 2)
        {
            Array.Copy(_chunks, _start, _chunks, _start + 1, index);
            _chunks[_start++] = null;
        }
        else
        {
            Array.Copy(_chunks, _start + index + 1, _chunks, _start + index, Count - index - 1);
            _chunks[_start + Count - 1] = null;
        }

        if (--Count == 0) _start = 0;
        return chunk;
    }

    public void Clear()
    {
        Array.Clear(_chunks);
        (_start, Count) = (0, 0);
    }

    public IEnumerator<LedgerChunk> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(long sequence)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var there = this[middle].Sequence;
            if (there == sequence) return middle;
            if (there < sequence) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    private void MakeRoom()
    {
        var into = Count > _chunks.Length / 2 ? new LedgerChunk?[2 * _chunks.Length] : _chunks;
        Array.Copy(_chunks, _start, into, 0, Count);
        if (into == _chunks) Array.Clear(_chunks, Count, _chunks.Length - Count);
        (_chunks, _start) = (into, 0);
    }
}
