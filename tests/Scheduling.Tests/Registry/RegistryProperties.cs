using FsCheck;
using FsCheck.Fluent;
using Event = ActorCompute.Scheduling.RegistryEvent<string, int, string>;
using Instruction = ActorCompute.Scheduling.RegistryInstruction<string>;

namespace ActorCompute.Scheduling.Tests.Registry;

/// <summary>The registry under random events.</summary>
public sealed class RegistryProperties
{
    private static readonly Config Thorough = PropertyRuns.Of(200).WithEndSize(100);

    private static readonly Arbitrary<Step[]> Sequences = Arb.Array(Arb.From(
        from kind in Gen.Elements(Enum.GetValues<Kind>())
        from who in Gen.Choose(0, 2)
        from number in Gen.Choose(1, 4)
        select new Step(kind, who, number),
        _ => []));

    private enum Kind
    {
        WorkerComes,
        WorkerLeaves,
        ClientComes,
        ClientLeaves,
        PeerDisconnects,
        DrainIsAsked,
        TimePasses,
        StandsStill,
    }

    /// <summary>
    /// A worker that is registered is never replaced by an earlier incarnation; whatever changes is shown to every client that is
    /// attached, at once or when it was said to be, and nothing else is; each registration has one answer; whoever is registered was heard within its lease.
    /// </summary>
    [Fact]
    public void AnySequence_ClientsKnowWhatIsRegistered() =>
        Prop.ForAll(Sequences, steps =>
        {
            var core = new RegistryCore<string, int, string>(default);
            var (now, isOwed, looksAt) = (TimeSpan.Zero, false, TimeSpan.MaxValue);
            foreach (var step in steps)
            {
                var (before, clients) = (Registered(core), core.Clients.Keys.Order().ToList());
                now += step.Kind switch
                {
                    Kind.TimePasses => TimeSpan.FromSeconds(0.5 * step.Number),
                    Kind.StandsStill => TimeSpan.FromSeconds(30),
                    _ => TimeSpan.Zero,
                };
                var happened = EventOf(step, now);
                var todo = core.Handle(happened);
                var after = Registered(core);

                Assert.All(after, worker => Assert.True(!before.TryGetValue(worker.Key, out var was) || was.Incarnation <= worker.Value.Incarnation, "an earlier incarnation has replaced a later one"));
                var shown = todo.OfType<Instruction.ShowWorkers>().Select(show => show.Client).Order();
                if (happened is Event.ClientCame came) Assert.Equal([came.Id], shown);
                else if (todo.OfType<Instruction.LookAgain>().SingleOrDefault() is { } look) (isOwed, looksAt) = (true, now + look.After);
                else if ((isOwed && looksAt > now) || (!isOwed && before.SequenceEqual(after))) Assert.Empty(shown);
                else if (happened is Event.TimePassed || !before.SequenceEqual(after)) AssertShown();
                Assert.True(!isOwed || looksAt > now || happened is not Event.TimePassed, "clients were not shown a change when it was time");
                Assert.Equal(happened is Event.WorkerCame ? 1 : 0, todo.Count(instruction => instruction is Instruction.Confirm or Instruction.RefuseStale));
                Assert.InRange(todo.Count(instruction => instruction is Instruction.Drain), 0, happened is Event.DrainAsked ? 1 : 0);
                if (happened is Event.TimePassed)
                {
                    Assert.All(core.Workers, worker => Assert.False(worker.Lease.HasExpired(now)));
                    Assert.All(core.Clients.Values, client => Assert.True(now - client.HeardAt <= RegistryCore<string, int, string>.ClientLease));
                }

                void AssertShown()
                {
                    Assert.Equal(clients, shown);
                    isOwed = false;
                }
            }
        }).Check(Thorough);

    private static SortedDictionary<string, (long Incarnation, string Node)> Registered(RegistryCore<string, int, string> core) =>
        new(core.Workers.ToDictionary(worker => worker.Life.Worker.Value, worker => (worker.Life.Incarnation, worker.Node)));

    private static Event EventOf(Step step, TimeSpan now)
    {
        var (id, name) = ($"w{step.Who}", step.Who == 0 ? "zero" : "other");
        return step.Kind switch
        {
            Kind.WorkerComes => new Event.WorkerCame(new(new(id), step.Number), name, $"{id}#{step.Number}", step.Number, default, now),
            Kind.WorkerLeaves => new Event.WorkerLeft(new(new(id), step.Number), now),
            Kind.ClientComes => new Event.ClientCame($"c{step.Who}", "client", "", default, now),
            Kind.ClientLeaves => new Event.ClientLeft($"c{step.Who}"),
            Kind.PeerDisconnects => new Event.Disconnected(peer => peer == $"{id}#{step.Number}", now),
            Kind.DrainIsAsked => new Event.DrainAsked(name, name, default),
            _ => new Event.TimePassed(now),
        };
    }

    private readonly record struct Step(Kind Kind, int Who, int Number);
}
