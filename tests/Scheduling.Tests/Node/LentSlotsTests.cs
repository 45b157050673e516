using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Node;

/// <summary>Slots whose tasks wait for tasks of their own.</summary>
public sealed class LentSlotsTests
{
    private static readonly JobId Outer = new("job-outer");
    private static readonly JobId Inner = new("job-inner");
    private static readonly TimeSpan Chunk = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void Next_SlotLent_GoesToADeeperJobAndNotToTheSame()
    {
        var scheduler = new SlotHarness(1);
        scheduler.Open(Outer);
        scheduler.Add(Outer, 1);
        scheduler.Add(Outer, 2);
        Assert.Equal(new Turn(Outer, 1), scheduler.Next());
        scheduler.Lend();
        Assert.Equal((0, 1), (scheduler.Busy, scheduler.Free));

        Assert.Null(scheduler.Next());
        scheduler.Open(Inner, depth: 1);
        scheduler.Add(Inner, 1);
        Assert.Equal(new Turn(Inner, 1), scheduler.Next());
        Assert.Equal((1, 0), (scheduler.Busy, scheduler.Free));
    }

    [Fact]
    public void Next_SlotLentBesideAFreeOne_TheJobsOwnNextChunkTakesTheFreeOne()
    {
        var scheduler = new SlotHarness(2);
        scheduler.Open(Outer);
        for (var i = 1; i <= 3; i++) scheduler.Add(Outer, i);
        scheduler.Next();
        scheduler.Lend();
        Assert.Equal(new Turn(Outer, 2), scheduler.Next());
        Assert.Null(scheduler.Next());
        Assert.Equal(1, scheduler.Free);
    }

    [Fact]
    public void TakeBack_SlotIsTaken_NothingBeginsUntilOneHasEnded()
    {
        var scheduler = new SlotHarness(1);
        scheduler.Open(Outer);
        scheduler.Open(Inner, depth: 1);
        scheduler.Add(Outer, 1);
        scheduler.Next();
        scheduler.Lend();
        scheduler.Add(Inner, 1);
        scheduler.Add(Inner, 2);
        scheduler.Next();

        scheduler.TakeBack();

        Assert.Equal((2, 0), (scheduler.Busy, scheduler.Free));
        scheduler.Done(Outer, Chunk);
        Assert.Null(scheduler.Next());
        scheduler.Done(Inner, Chunk);
        Assert.Equal(new Turn(Inner, 2), scheduler.Next());
    }

    [Fact]
    public void Next_CallsItself_EachDepthHasTheSlots()
    {
        const int slots = 2;
        var scheduler = new SlotHarness(slots);
        for (var depth = 0; depth < 5; depth++)
        {
            var job = new JobId($"job-{depth}");
            scheduler.Open(job, depth: depth);
            for (var i = 1; i <= slots + 1; i++) scheduler.Add(job, i);
            for (var i = 1; i <= slots; i++)
            {
                Assert.Equal(new Turn(job, i), scheduler.Next());
                scheduler.Lend();
            }

            Assert.Null(scheduler.Next());
        }
    }

    /// <summary>
    /// Trees of tasks of any shape: a task starts its children, waits for all, and ends. The cluster is one node, its chunks are tasks.
    /// Some need one or two of two GPUs, but none that a task with needs waits for (<see cref="NestedTerms"/> refuses those).
    /// </summary>
    [Fact]
    public void AnyTreesOfTasks_AllEndAndNoDepthHasMoreThanTheSlots() =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 3)), Arb.Array(Arb.From(Gen.Choose(0, 40))), Arb.From(Gen.Choose(0, 1 << 20)), (slots, parents, salt) =>
        {
            // Task i is a child of an earlier one, or of none.
            var tasks = parents.Select((parent, i) => new Node(i, parent < i ? parent : -1)).ToArray();
            foreach (var task in tasks)
            {
                var parent = task.Parent < 0 ? null : tasks[task.Parent];
                task.IsAwaitedByHolder = parent is not null && (parent.IsAwaitedByHolder || parent.Gpus > 0);
                if (!task.IsAwaitedByHolder) task.Gpus = (salt >> (task.Id % 16)) % 3;
                if (parent is null) continue;
                task.Depth = parent.Depth + 1;
                parent.Children++;
            }

            var scheduler = new SlotHarness(slots, Resources.Of(("gpu", 2)));
            foreach (var task in tasks.DistinctBy(task => task.Job)) scheduler.Open(task.Job, depth: task.Depth, needs: task.Gpus == 0 ? null : Resources.Of(("gpu", task.Gpus)), isAwaitedByHolder: task.IsAwaitedByHolder);
            foreach (var root in tasks.Where(task => task.Parent < 0)) scheduler.Add(root.Job, root.Id);
            var (ended, running, travelling) = (0, new List<Node>(), new List<Node>());
            while (ended < tasks.Length)
            {
                while (true)
                {
                    if (scheduler.Next() is not { } turn)
                    {
                        // What was started comes when the slots have been offered to all else.
                        foreach (var child in travelling) scheduler.Add(child.Job, child.Id);
                        if (travelling.Count == 0) break;
                        travelling.Clear();
                        continue;
                    }

                    var begun = tasks[(int)turn.Sequence];
                    running.Add(begun);
                    if (!begun.IsAwaitedByHolder) Assert.InRange(running.Count(task => task.Depth == begun.Depth), 1, slots);
                    Assert.InRange(running.Sum(task => task.Gpus), 0, 2);
                    if (begun.Children == 0) continue;
                    scheduler.Lend();
                    travelling.AddRange(tasks.Where(task => task.Parent == begun.Id));
                }

                Assert.InRange(scheduler.Busy, 0, slots);
                // The first that waits for nothing ends, and perhaps its parent waits no more.
                var done = running.FirstOrDefault(task => task.Children == 0);
                Assert.True(done is not null, "everything waits, and nothing can begin");
                running.Remove(done);
                scheduler.Done(done.Job, Chunk);
                ended++;
                if (done.Parent >= 0 && --tasks[done.Parent].Children == 0) scheduler.TakeBack();
            }

            Assert.Equal(slots, scheduler.Free);
        }).Check(PropertyRuns.Of(100));

    private sealed class Node(int id, int parent)
    {
        public int Id => id;

        public int Parent => parent;

        public int Depth { get; set; }

        public int Gpus { get; set; }

        public bool IsAwaitedByHolder { get; set; }

        public JobId Job => new($"job-{Depth}-{Gpus}-{IsAwaitedByHolder}");

        /// <summary>Those that have not ended.</summary>
        public int Children { get; set; }
    }
}
