using System.Collections;

namespace ActorCompute.Scheduling;

/// <summary>
/// The chunks that a worker has, in the order of their numbers, which rise. Most leave near the front, so what lies before is moved,
/// not what lies behind.
/// </summary>
internal sealed class SentChunks : IReadOnlyList<LedgerChunk>
{
    private LedgerChunk?[] _chunks = new LedgerChunk?[4];

    // Their numbers: a search reads a few neighbours and not chunks from all over memory.
    private long[] _sequences = new long[4];
    private int _start;

    public int Count { get; private set; }

    public LedgerChunk this[int index] => _chunks[_start + index]!;

    /// <summary>The one that was sent last.</summary>
    public LedgerChunk Last => _chunks[_start + Count - 1]!;

    public void Add(LedgerChunk chunk)
    {
        if (_start + Count == _chunks.Length) MakeRoom();
        (_chunks[_start + Count], _sequences[_start + Count]) = (chunk, chunk.Sequence);
        Count++;
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
            Array.Copy(_sequences, _start, _sequences, _start + 1, index);
            _chunks[_start++] = null;
        }
        else
        {
            Array.Copy(_chunks, _start + index + 1, _chunks, _start + index, Count - index - 1);
            Array.Copy(_sequences, _start + index + 1, _sequences, _start + index, Count - index - 1);
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
        var index = Array.BinarySearch(_sequences, _start, Count, sequence);
        return index < 0 ? -1 : index - _start;
    }

    private void MakeRoom()
    {
        var length = Count > _chunks.Length / 2 ? 2 * _chunks.Length : _chunks.Length;
        var (chunks, sequences) = (new LedgerChunk?[length], new long[length]);
        Array.Copy(_chunks, _start, chunks, 0, Count);
        Array.Copy(_sequences, _start, sequences, 0, Count);
        (_chunks, _sequences, _start) = (chunks, sequences, 0);
    }
}
