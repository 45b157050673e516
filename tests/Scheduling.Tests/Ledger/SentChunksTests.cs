namespace ActorCompute.Scheduling.Tests.Ledger;

public sealed class SentChunksTests
{
    private static readonly LedgerWorker Worker = new(new(new(new("a"), 1), 1, 2, "a", "host", 1), new(default, default), new(1));

    private readonly SentChunks _chunks = new();

    [Fact]
    public void Remove_AnyOrder_KeepsTheOthersInOrder()
    {
        // Many of them come and go at the front, some in the middle and at the end: each way that the array is moved.
        var expected = new List<long>();
        var random = new Random(1);
        for (var next = 1L; next <= 5000; next++)
        {
            _chunks.Add(Chunk(next));
            expected.Add(next);
            while (expected.Count > next % 50)
            {
                var index = random.Next(4) == 0 ? random.Next(expected.Count) : Math.Min(expected.Count - 1, random.Next(3));
                Assert.Equal(expected[index], _chunks.Remove(expected[index])?.Sequence);
                expected.RemoveAt(index);
            }

            Assert.Equal(expected, _chunks.Select(chunk => chunk.Sequence));
            if (expected.Count > 0) Assert.Equal(expected[^1], _chunks.Last.Sequence);
        }
    }

    [Fact]
    public void Find_ThereGoneOrNeverThere_GivesTheChunkOrNull()
    {
        foreach (var sequence in new long[] { 2, 5, 9 }) _chunks.Add(Chunk(sequence));
        _chunks.Remove(5);

        Assert.Equal(9, _chunks.Find(9)?.Sequence);
        foreach (var missing in new long[] { 1, 3, 5, 10 })
        {
            Assert.Null(_chunks.Find(missing));
            Assert.Null(_chunks.Remove(missing));
        }
    }

    [Fact]
    public void Clear_WithChunks_IsAsNew()
    {
        for (var sequence = 1; sequence <= 9; sequence++) _chunks.Add(Chunk(sequence));
        _chunks.Remove(1);
        _chunks.Clear();
        Assert.Empty(_chunks);
        Assert.Null(_chunks.Find(4));

        _chunks.Add(Chunk(10));
        Assert.Equal(10, Assert.Single(_chunks).Sequence);
    }

    private static LedgerChunk Chunk(long sequence) => new(Worker, sequence, default);
}
