using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Tests.Bam;

public sealed class PartCountsTests
{
    private readonly PartCounts<long> _counts = new("x.bam", (a, b) => a + b);

    [Fact]
    public void Add_PartsOfTargetsInAnyOrder_EachTargetOnceWhenItsLastPartIsThere()
    {
        var random = new Random(1);
        var parts = Enumerable.Range(0, 20).SelectMany(target => Enumerable.Range(0, 1 + (target % 5)).Select(_ => Part(target, 1 + (target % 5), 10 * (1 + (target % 5))))).ToArray();
        random.Shuffle(parts);
        var (whole, left) = (new List<long>(), Enumerable.Range(0, 20).ToDictionary(target => target, target => 1 + (target % 5)));
        foreach (var part in parts)
        {
            var count = _counts.Add(part, new(1, 10, false), Run("a"));
            Assert.Equal(--left[part.Target] == 0, count is not null);
            if (count is not null) whole.Add(count.Value);
        }

        Assert.Equal(20, whole.Count);
        Assert.Equal(parts.Length, whole.Sum());
    }

    /// <summary>Whichever comes last: a job that is resumed prints the same.</summary>
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 0, 1)]
    [InlineData(1, 2, 0)]
    public void Add_PartsOfSomeWorkers_NamesTheOneThatLiesLastAndAddsTheirTimes(params int[] order)
    {
        WholeCount<long>? whole = null;
        foreach (var i in order)
        {
            Assert.Null(whole);
            var part = Part(0, 3) with { Part = new(0, [new(new(1000UL * (ulong)i), new((1000UL * (ulong)i) + 900))], PartEnd.Open) };
            whole = _counts.Add(part, new(1, 1, i == 1), Run($"w{i}"));
        }

        Assert.Equal(("w2", TimeSpan.FromSeconds(3), true), (whole!.Run.Worker, whole.Run.Elapsed, whole.IsTruncated));
    }

    [Fact]
    public void Add_OtherNumberOfRecordsThanTheIndexSays_IsBadInput()
    {
        _counts.Add(Part(0, 2, 5), new(1, 3, false), Run("1"));
        var error = Assert.Throws<InputException>(() => _counts.Add(Part(0, 2, 5), new(1, 3, false), Run("1")));
        Assert.Contains("5 records", error.Message, StringComparison.Ordinal);
        Assert.Contains("has 6", error.Message, StringComparison.Ordinal);
        // Of a file that was cut off there is less, and that is said otherwise.
        Assert.NotNull(_counts.Add(Part(1, 1, 5), new(1, 3, true), Run("1")));
    }

    private static BamTask Part(int target, int parts, long? expected = null) => new(BamTargetKind.Reference, $"t{target}", new(0, [], PartEnd.Open), Target: target, Parts: parts, Expected: expected);

    private static TaskRun Run(string worker) => new(worker, "host", 1, 1, TimeSpan.FromSeconds(1));
}
