using FsCheck;
using FsCheck.Fluent;

namespace ActorCompute.Scheduling.Tests.Node;

public sealed class RegistrationCoreTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly RegistrationCore _core = new();

    [Fact]
    public void RegisterDue_Unanswered_RegistersAndSoonAgain() =>
        Assert.Equal([new RegistrationInstruction.Register(), new RegistrationInstruction.RegisterAgain(0.25 * Second)], Due(default));

    [Fact]
    public void Confirmed_RegistersEveryTwoSeconds()
    {
        Due(default);
        Assert.Equal([new RegistrationInstruction.RegisterAgain(2 * Second)], _core.Handle(new RegistrationEvent.Confirmed()));
        Assert.Equal([new RegistrationInstruction.Register(), new RegistrationInstruction.RegisterAgain(2 * Second)], Due(2 * Second));
    }

    [Fact]
    public void RegisterDue_UnansweredForLong_IsToldOnceInAWhile()
    {
        Due(default);
        Assert.Equal(2, Due(14 * Second).Count);
        _core.Handle(new RegistrationEvent.SeedFailed("seed:1", "refused the connection", IsRefusal: false));
        Assert.Equal(new RegistrationInstruction.TellSilence(15 * Second, "refused the connection"), Due(15 * Second)[0]);
        Assert.Equal(2, Due(29 * Second).Count);
        Assert.IsType<RegistrationInstruction.TellSilence>(Due(30 * Second)[0]);
    }

    [Fact]
    public void RegisterDue_AnsweredMeanwhile_SilenceCountsAnew()
    {
        Due(default);
        _core.Handle(new RegistrationEvent.SeedFailed("seed:1", "refused the connection", IsRefusal: false));
        _core.Handle(new RegistrationEvent.Confirmed());
        Assert.Equal(2, Due(20 * Second).Count);
        Assert.Equal(new RegistrationInstruction.TellSilence(15 * Second, null), Due(35 * Second)[0]);
    }

    [Fact]
    public void SeedFailed_RefusalBeforeItWasRegistered_GivesUp() =>
        Assert.Equal([new RegistrationInstruction.GiveUp("seed:1", "another release")], _core.Handle(new RegistrationEvent.SeedFailed("seed:1", "another release", IsRefusal: true)));

    [Fact]
    public void SeedFailed_RefusalAfterItWasRegistered_AsksOn()
    {
        _core.Handle(new RegistrationEvent.Confirmed());
        Assert.Empty(_core.Handle(new RegistrationEvent.SeedFailed("seed:1", "another release", IsRefusal: true)));
        Assert.Equal(2, Due(2 * Second).Count);
    }

    /// <summary>It registers whenever it is time, and is always about to register again; once registered it never gives up.</summary>
    [Fact]
    public void AnySequence_RegistersOnAndOn() =>
        Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, 3))), moves =>
        {
            var (core, now, registered) = (new RegistrationCore(), TimeSpan.Zero, false);
            foreach (var move in moves)
            {
                now += Second;
                registered |= move == 1;
                var todo = core.Handle(move switch
                {
                    0 => new RegistrationEvent.RegisterDue(now),
                    1 => new RegistrationEvent.Confirmed(),
                    _ => new RegistrationEvent.SeedFailed("seed", "reason", IsRefusal: move == 2),
                });
                Assert.Equal(move == 0, todo.Any(instruction => instruction is RegistrationInstruction.Register));
                Assert.Equal(move <= 1 ? registered ? RegistrationCore.Interval : RegistrationCore.FirstInterval : null, todo.OfType<RegistrationInstruction.RegisterAgain>().SingleOrDefault()?.After);
                Assert.Equal(move == 2 && !registered, todo.Any(instruction => instruction is RegistrationInstruction.GiveUp));
            }
        }).Check(PropertyRuns.Of(50));

    private IReadOnlyList<RegistrationInstruction> Due(TimeSpan at) => _core.Handle(new RegistrationEvent.RegisterDue(at));
}
