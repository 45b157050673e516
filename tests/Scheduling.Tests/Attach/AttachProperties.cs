using FsCheck;
using FsCheck.Fluent;
using Event = ActorCompute.Scheduling.AttachEvent<ActorCompute.Scheduling.Tests.Attach.Seen>;
using Instruction = ActorCompute.Scheduling.AttachInstruction<ActorCompute.Scheduling.Tests.Attach.Seen>;

namespace ActorCompute.Scheduling.Tests.Attach;

/// <summary>A client's view of its cluster under random views, ends and silences.</summary>
public sealed class AttachProperties
{
    private static readonly Config Thorough = PropertyRuns.Of(300).WithEndSize(60);

    private static readonly Gen<Seen> Workers =
        from id in Gen.Elements("a", "b", "c")
        from incarnation in Gen.Choose(1, 4)
        select new Seen(id, incarnation);

    private static readonly Gen<Seen[]> Views = Workers.ArrayOf().Resize(4);

    private static readonly Gen<string> Registries = Gen.Elements("r", "s", "t");

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (8, from registry in Registries
            from view in Views
            select new Step(registry, view, null, TimeSpan.Zero)),
        (2, from worker in Workers select new Step(null, [], worker, TimeSpan.Zero)),
        (3, from seconds in Gen.Choose(1, 4) select new Step(null, [], null, TimeSpan.FromSeconds(seconds))));

    private static readonly Arbitrary<Step[]> Sequences = Arb.Array(Arb.From(Steps, _ => []));

    /// <summary>No worker goes back to an earlier incarnation, none that ended comes back, and what was told is what is known.</summary>
    [Fact]
    public void AnySequence_IncarnationsNeverGoBack() =>
        Prop.ForAll(Sequences, steps =>
        {
            var core = new AttachCore<Seen>(worker => worker.Life);
            var (now, told) = (TimeSpan.Zero, (IReadOnlyList<Seen>)[]);
            var highest = new Dictionary<string, long>();
            var ended = new HashSet<WorkerLife>();
            foreach (var step in steps)
            {
                now += step.Passes;
                foreach (var happened in step.Events(now))
                {
                    foreach (var instruction in core.Handle(happened))
                    {
                        if (instruction is Instruction.Publish publish) told = publish.Workers;
                        if (instruction is Instruction.TellEnd end)
                        {
                            told = [.. told.Where(worker => worker.Life != end.Life)];
                            ended.Add(end.Life);
                        }
                    }

                    Assert.Equal(told, core.Workers);
                    Assert.Equal(told.Select(worker => worker.Id).Distinct().Order(StringComparer.Ordinal), told.Select(worker => worker.Id));
                    Assert.DoesNotContain(told, worker => ended.Contains(worker.Life));
                    foreach (var worker in told)
                    {
                        Assert.True(worker.Incarnation >= highest.GetValueOrDefault(worker.Id), $"{worker} after {highest.GetValueOrDefault(worker.Id)}");
                        highest[worker.Id] = worker.Incarnation;
                    }
                }
            }
        }).Check(Thorough);

    /// <summary>A worker that one registry has, of those heard within six seconds, is there: nobody else's word takes it away.</summary>
    [Fact]
    public void AnySequence_WhatAnAnsweringRegistryHas_IsThere() =>
        Prop.ForAll(Sequences, steps =>
        {
            var core = new AttachCore<Seen>(worker => worker.Life);
            var now = TimeSpan.Zero;
            var views = new Dictionary<string, (Seen[] Workers, TimeSpan At)>();
            foreach (var step in steps.Where(step => step.Ends is null))
            {
                now += step.Passes;
                if (step.Registry is { } registry) views[registry] = (step.View, now);
                foreach (var happened in step.Events(now)) core.Handle(happened);
                var answering = views.Values.Where(view => now - view.At <= AttachCore<Seen>.RegistrySilence).ToList();
                foreach (var worker in core.Workers) Assert.True(answering.Count == 0 || answering.Exists(view => view.Workers.Any(other => other.Id == worker.Id)), $"{worker} is there and nobody says so");
                // What had a later incarnation before may be missing: an earlier one is stale.
                foreach (var worker in answering.SelectMany(view => view.Workers).Where(worker => worker.Incarnation == 4)) Assert.Contains(worker, core.Workers);
            }
        }).Check(Thorough);

    /// <summary>One view of each registry, in any order: the same workers, each in the highest incarnation that any of them said.</summary>
    [Fact]
    public void ViewsOfAll_InAnyOrder_GiveTheSame() =>
        Prop.ForAll(Arb.From(Gen.ArrayOf(Views, 3)), Arb.From(Gen.Shuffle([0, 1, 2])), (views, order) =>
        {
            Seen[][] told = [.. views.Select((view, number) => view.Select(worker => worker with { Text = $"said by {number}" }).ToArray())];
            var inOrder = Merged(told, [0, 1, 2]);
            Assert.Equal(inOrder, Merged(told, order));
            Assert.Equal(
                told.SelectMany(view => view).GroupBy(worker => worker.Id).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => (same.Key, same.Max(worker => worker.Incarnation))),
                inOrder.Select(worker => (worker.Id, worker.Incarnation)));
        }).Check(Thorough.Times(100));

    private static IReadOnlyList<Seen> Merged(Seen[][] views, int[] order)
    {
        var core = new AttachCore<Seen>(worker => worker.Life);
        foreach (var number in order) core.Handle(new Event.ViewArrived($"registry-{number}", views[number], default));
        return core.Workers;
    }

    private sealed record Step(string? Registry, Seen[] View, Seen? Ends, TimeSpan Passes)
    {
        public IEnumerable<Event> Events(TimeSpan now)
        {
            if (Registry is not null) return [new Event.ViewArrived(Registry, View, now)];
            if (Ends is not null) return [new Event.WorkerEnded(Ends.Life, "ended"), new Event.LastWordsOver(Ends.Life)];
            return [new Event.AttachDue(now)];
        }
    }
}
