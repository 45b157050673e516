using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Placement;

public sealed class PlacementIndexTests
{
    private readonly PlacementIndex _index = new();
    private long _sequence;

    [Fact]
    public void Best_NobodyOrNobodyWithRoom_IsNull()
    {
        Assert.Null(_index.Best(goesDeep: true, isShared: true));
        var worker = Join(slots: 1, window: 2);
        Send(worker);
        Assert.Null(_index.Best(goesDeep: false, isShared: true));
        Assert.Equal(worker, _index.Best(goesDeep: true, isShared: true));
        Send(worker);
        Assert.Null(_index.Best(goesDeep: true, isShared: true));
        worker.Remove(1);
        Assert.Equal(worker, _index.Best(goesDeep: true, isShared: true));
    }

    [Fact]
    public void Best_DifferentSlots_IsTheOneWithTheFewestChunksForItsSlots()
    {
        var (small, large) = (Join(slots: 1, window: 4), Join(slots: 8, window: 16));
        Assert.Equal(small, Send(_index.Best(goesDeep: true, isShared: true)));
        for (var i = 0; i < 8; i++) Assert.Equal(large, Send(_index.Best(goesDeep: true, isShared: true)));
        // Of equals the first.
        Assert.Equal(small, Send(_index.Best(goesDeep: true, isShared: true)));
    }

    [Fact]
    public void Best_LeavesRunsOneAloneOrIsGone_IsAnother()
    {
        var (leaving, alone, gone, last) = (Join(), Join(), Join(), Join());
        leaving.Leave();
        alone.Add(new(alone, 1, default) { IsIsolated = true });
        _index.Remove(gone);
        Assert.Equal(last, _index.Best(goesDeep: true, isShared: true));
        Assert.Equal(3 * 4, _index.Slots);
    }

    [Fact]
    public void Best_AmongAThousandWithOtherJobsChunks_FindsTheIdleOneWithinOneRound()
    {
        var workers = Enumerable.Range(0, 1000).Select(_ => Join()).ToList();
        foreach (var worker in workers)
        {
            worker.Load.Add();
            worker.Load.Add();
        }

        for (var i = 0; i < 1000; i++) _index.Best(goesDeep: true, isShared: true);
        // On another job's thread: nobody tells.
        workers[617].Load.Remove(2);

        Assert.Contains(workers[617], Enumerable.Range(0, 1 + (1000 / PlacementIndex.Looks)).Select(_ => _index.Best(goesDeep: true, isShared: true)));
    }

    [Fact]
    public void Queueing_MoreOfThisJobThanSlots_CountsThoseThatStay()
    {
        var (first, second) = (Join(slots: 1, window: 2), Join(slots: 1, window: 2));
        Send(first);
        Send(second);
        Assert.Equal(0, _index.Queueing);
        Send(first);
        Send(second);
        Assert.Equal(2, _index.Queueing);
        first.Remove(1);
        Assert.Equal(1, _index.Queueing);
        second.Leave();
        Assert.Equal(0, _index.Queueing);
        Send(first);
        Assert.Equal(1, _index.Queueing);
        first.Chunks.Last.IsRecalled = true;
        first.Place!.Changed();
        Assert.Equal(0, _index.Queueing);
    }

    /// <summary>The same as a look at every worker would find, whatever happens, as long as there are few or no other job interferes.</summary>
    [Fact]
    public void Best_AnyHistory_IsThatOfALookAtAll() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Gen.Zip(Gen.Choose(0, 9), Gen.Choose(0, 1000)))), steps =>
        {
            var index = new PlacementIndex();
            var workers = new List<LedgerWorker>();
            var sequence = 0L;
            var goesDeep = false;
            foreach (var (kind, number) in steps)
            {
                var worker = workers.Count > 0 ? workers[number % workers.Count] : null;
                switch (kind)
                {
                    case 0 or 1: workers.Add(Join(index, 1 + (number % 3), 2 * (1 + (number % 3)))); break;
                    case 2 when worker is not null:
                        workers.Remove(worker);
                        index.Remove(worker);
                        break;
                    case 3 when worker is not null: worker.Leave(); break;
                    case 4 when worker is { Chunks.Count: > 0 }: worker.Remove(worker.Chunks[number % worker.Chunks.Count].Sequence); break;
                    case 5: goesDeep = !goesDeep; break;
                    case 6 when worker is { Chunks.Count: 0 }: worker.Add(new(worker, ++sequence, default) { IsIsolated = true }); break;
                    // Seen at once where all are looked at again. More join later at times: those that are there are known by then.
                    case 7 when workers.Count <= PlacementIndex.Looks: worker?.Load.Add(); break;
                    default:
                        if (index.Best(goesDeep, workers.Count <= PlacementIndex.Looks) is { } best) best.Add(Chunk(best, ++sequence));
                        break;
                }

                Assert.Equal(LookAtAll(workers, goesDeep), index.Best(goesDeep, workers.Count <= PlacementIndex.Looks));
                Assert.Equal(workers.Sum(one => one.Facts.Slots), index.Slots);
                Assert.Equal(workers.Count(one => !one.IsLeaving && one.Chunks.Count > one.Facts.Slots), index.Queueing);
            }
        }).Check(PropertyRuns.Of(200).WithEndSize(200));

    private static LedgerWorker? LookAtAll(List<LedgerWorker> workers, bool goesDeep) => workers
        .Where(worker => !worker.IsLeaving && !worker.IsIsolating && worker.Chunks.Count < (goesDeep ? worker.Facts.Window : worker.Facts.Slots))
        .MinBy(worker => (double)worker.Load.Chunks / worker.Facts.Slots);

    private static LedgerWorker Join(PlacementIndex index, int slots, int window)
    {
        var worker = new LedgerWorker(new(new(new("w"), 1), slots, window, "w", "host", 1), new(default, default), new(slots));
        index.Add(worker);
        return worker;
    }

    private static LedgerChunk Chunk(LedgerWorker worker, long sequence)
    {
        var chunk = new LedgerChunk(worker, sequence, default);
        chunk.Add(new(new(sequence, default)));
        return chunk;
    }

    private LedgerWorker Join(int slots = 4, int window = 8) => Join(_index, slots, window);

    private LedgerWorker Send(LedgerWorker? worker)
    {
        worker!.Add(Chunk(worker, ++_sequence));
        return worker;
    }
}
