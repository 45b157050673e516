using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>The ledger under random events.</summary>
public sealed class LedgerProperties
{
    private static readonly Config Thorough = PropertyRuns.Of(300).WithEndSize(150);

    [Fact]
    public void AnySequence_ThenWorkersLiveOn_EveryTaskIsReportedOnce() =>
        Prop.ForAll(Step.Sequences, steps =>
        {
            var world = new LedgerWorld();
            foreach (var step in steps) world.Take(step);
            world.RunToTheEnd();
        }).Check(Thorough);

    [Fact]
    public void AnySequence_ThenCancelled_EveryTaskIsReportedOnce() =>
        Prop.ForAll(Step.Sequences, steps =>
        {
            var job = new LedgerHarness();
            var life = job.Open(window: 100);
            foreach (var step in steps)
            {
                if (step.Move is Move.AddTasks) job.Add(step.Size);
                else if (step.Move is Move.SendChunk) job.TryDispatch(life, step.Size);
            }

            job.Cancel();
            return job.Ledger.IsSettled && job.Outcomes.Select(outcome => outcome.First).SequenceEqual(Enumerable.Range(0, (int)job.Ledger.Added).Select(number => (long)number));
        }).Check(Thorough.Times(50));

    [Fact]
    public void Sequences_ThatFail_ShrinkToTheStepsThatMatter()
    {
        var steps = Gen.Sample(Step.Sequences.Generator, 100, 20).First(Fails);

        while (Step.Sequences.Shrinker(steps).FirstOrDefault(Fails) is { } smaller) steps = smaller;

        Assert.Equal([new Step(Move.OpenJob, 0, 1), new Step(Move.WorkerDies, 0, 1)], steps);

        static bool Fails(Step[] steps)
        {
            var open = Array.FindIndex(steps, step => step.Move is Move.OpenJob);
            return open >= 0 && steps.Skip(open).Any(step => step.Move is Move.WorkerDies);
        }
    }

    [Fact]
    public void TasksThatKillTheirWorker_AnySlotsAndChunks_OnlyTheyAreGivenUp() =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 4)), Arb.From(Gen.Choose(1, 8)), Arb.From(Gen.ListOf(Gen.Choose(0, 39))), (slots, size, culprits) =>
        {
            var job = new LedgerHarness(new() { MaxWorkerDeaths = 3 });
            job.Add(40);
            var deaths = 0;
            for (var round = 0; !job.Ledger.IsSettled; round++)
            {
                Assert.True(round < 2000, $"not settled after {deaths} deaths");
                var life = job.Open("a", slots, window: 2 * slots, incarnation: deaths);
                var running = new List<LedgerInstruction.Send>();
                while (running.Count < 2 * slots && job.TryDispatch(life, size) is { } send) running.Add(send);
                while (running.Count > 0)
                {
                    // What runs beside the culprit is lost with it, answers not yet sent included.
                    if (running.Take(slots).SelectMany(LedgerHarness.Numbers).Any(number => culprits.Contains((int)number)))
                    {
                        job.Lose(life);
                        deaths++;
                        break;
                    }

                    job.Succeed(running[0]);
                    running.RemoveAt(0);
                }
            }

            Assert.Equal(culprits.Distinct().Order().Select(number => (long)number), job.Outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => outcome.First).Order());
            Assert.Equal(40, job.Outcomes.Select(outcome => outcome.First).Distinct().Count());
        }).Check(Thorough.Times(50).WithEndSize(10));
}
