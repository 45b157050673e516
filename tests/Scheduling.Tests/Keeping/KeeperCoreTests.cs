namespace ActorCompute.Scheduling.Tests.Keeping;

public sealed class KeeperCoreTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ChildEnd Died = new(PlannedEnd.None, 9, "was killed");
    private static readonly ChildEnd Exited = new(PlannedEnd.None, 0, "exited with status 0");
    private static readonly ChildEnd Drained = new(PlannedEnd.Drained, 0, "was drained");
    private static readonly ChildEnd Replaced = new(PlannedEnd.Replaced, 70, "did its share");
    private static readonly ChildEnd Refused = new(PlannedEnd.Refused, 2, "was refused");
    private static readonly KeeperEvent.StopRequested StopInOrder = new(InOrder: true, 5 * Second);

    [Fact]
    public void Wanted_Idle_StartsTheFirstIncarnation() =>
        Assert.Equal([new KeeperInstruction.Start(1, null)], new KeeperCore(new()).Handle(new KeeperEvent.Wanted()));

    [Fact]
    public void Ended_Died_IsToldAndStartedAgainAfterAPause()
    {
        var core = Running();

        Assert.Equal(
            [new KeeperInstruction.TellEnd(1, Died), new KeeperInstruction.TellRestart(Died, 0.1 * Second), new KeeperInstruction.Pause(0.1 * Second)],
            core.Handle(new KeeperEvent.Ended(Died, Second)));
        Assert.Equal([new KeeperInstruction.Start(2, "was killed")], core.Handle(new KeeperEvent.PauseOver()));
    }

    [Fact]
    public void Ended_DiesYoungAgain_PauseGrowsUntilOneLivesLong()
    {
        var core = Running();
        core.Handle(new KeeperEvent.Ended(Died, Second));
        core.Handle(new KeeperEvent.PauseOver());
        core.Handle(new KeeperEvent.Started(2 * Second));

        Assert.Equal(new KeeperInstruction.Pause(0.2 * Second), core.Handle(new KeeperEvent.Ended(Died, 3 * Second))[^1]);
        core.Handle(new KeeperEvent.PauseOver());
        core.Handle(new KeeperEvent.Started(4 * Second));
        Assert.Equal(new KeeperInstruction.Pause(0.1 * Second), core.Handle(new KeeperEvent.Ended(Died, 15 * Second))[^1]);
    }

    [Fact]
    public void Ended_Replaced_IsStartedAgainAtOnceAndNobodyIsTold() =>
        Assert.Equal(
            [new KeeperInstruction.TellEnd(1, Replaced), new KeeperInstruction.Start(2, "did its share")],
            Running().Handle(new KeeperEvent.Ended(Replaced, Second)));

    [Fact]
    public void Ended_Drained_IsNotStartedAgain() =>
        Assert.Equal(
            [new KeeperInstruction.TellEnd(1, Drained), new KeeperInstruction.Finish(KeeperOutcome.Drained)],
            Running().Handle(new KeeperEvent.Ended(Drained, Second)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ended_FirstIncarnationRefused_IsNotStartedAgain(bool laterToo) =>
        Assert.Equal(
            [new KeeperInstruction.TellEnd(1, Refused), new KeeperInstruction.Finish(KeeperOutcome.Refused)],
            Running(new() { LaterRefusalIsFinal = laterToo }).Handle(new KeeperEvent.Ended(Refused, Second)));

    [Fact]
    public void Ended_LaterIncarnationRefused_IsAsTheOptionsSay()
    {
        Assert.Equal(new KeeperInstruction.Finish(KeeperOutcome.Refused), RunningLater(new() { LaterRefusalIsFinal = true }).Handle(new KeeperEvent.Ended(Refused, Second))[^1]);
        Assert.IsType<KeeperInstruction.Pause>(RunningLater(new()).Handle(new KeeperEvent.Ended(Refused, Second))[^1]);
    }

    [Fact]
    public void Ended_WithStatus0_IsAsTheOptionsSay()
    {
        Assert.Equal(new KeeperInstruction.Finish(KeeperOutcome.ChildStopped), Running(new() { SuccessIsFinal = true }).Handle(new KeeperEvent.Ended(Exited, Second))[^1]);
        Assert.IsType<KeeperInstruction.Pause>(Running().Handle(new KeeperEvent.Ended(Exited, Second))[^1]);
    }

    [Fact]
    public void Ended_NeverServed_FirstIsFinalLaterIsNot()
    {
        Assert.Equal(
            new KeeperInstruction.Finish(KeeperOutcome.NeverServed),
            Running(new() { SuccessIsFinal = true }).Handle(new KeeperEvent.Ended(Exited with { HasServed = false }, Second))[^1]);
        Assert.IsType<KeeperInstruction.Pause>(RunningLater(new()).Handle(new KeeperEvent.Ended(Died with { HasServed = false }, Second))[^1]);
    }

    [Fact]
    public void StartFailed_FirstIncarnation_IsFinal() =>
        Assert.Equal([new KeeperInstruction.Finish(KeeperOutcome.CannotStart)], Wanted(new()).Handle(new KeeperEvent.StartFailed("no such file")));

    [Fact]
    public void StartFailed_LaterIncarnation_IsToldAndTriedAgain()
    {
        var core = Running();
        core.Handle(new KeeperEvent.Ended(Died, Second));
        core.Handle(new KeeperEvent.PauseOver());

        Assert.Equal(
            [new KeeperInstruction.TellStartFailed("no such file"), new KeeperInstruction.Pause(0.2 * Second)],
            core.Handle(new KeeperEvent.StartFailed("no such file")));
        // The same incarnation: none of that number has run.
        Assert.Equal([new KeeperInstruction.Start(2, "was killed")], core.Handle(new KeeperEvent.PauseOver()));
    }

    [Fact]
    public void StopRequested_Running_StopsTheChildAndThatEndIsNoNews()
    {
        var core = Running();

        Assert.Equal([new KeeperInstruction.Stop(InOrder: true, 5 * Second)], core.Handle(StopInOrder));
        Assert.Equal([new KeeperInstruction.Finish(KeeperOutcome.Stopped)], core.Handle(new KeeperEvent.Ended(Died, Second)));
    }

    [Fact]
    public void StopRequested_BeforeItIsWantedOrInThePause_IsTheEnd()
    {
        Assert.Equal([new KeeperInstruction.Finish(KeeperOutcome.Stopped)], new KeeperCore(new()).Handle(StopInOrder));
        var core = Running();
        core.Handle(new KeeperEvent.Ended(Died, Second));
        Assert.Equal([new KeeperInstruction.Finish(KeeperOutcome.Stopped)], core.Handle(StopInOrder));
        Assert.Empty(core.Handle(new KeeperEvent.PauseOver()));
    }

    [Fact]
    public void StopRequested_WhileItStarts_StopsItAsSoonAsItRuns()
    {
        var core = Wanted(new());
        Assert.Empty(core.Handle(StopInOrder));
        Assert.Equal([new KeeperInstruction.Stop(InOrder: true, 5 * Second)], core.Handle(new KeeperEvent.Started(Second)));
    }

    [Fact]
    public void StopRequested_WhileItStartsInVain_IsTheEnd()
    {
        var core = Wanted(new());
        core.Handle(StopInOrder);
        Assert.Equal([new KeeperInstruction.Finish(KeeperOutcome.Stopped)], core.Handle(new KeeperEvent.StartFailed("no such file")));
    }

    [Fact]
    public void StopRequested_Again_TheFirstStands()
    {
        var core = Running();
        core.Handle(StopInOrder);
        Assert.Empty(core.Handle(new KeeperEvent.StopRequested(InOrder: false, Second)));
    }

    private static KeeperCore Wanted(KeeperOptions options)
    {
        var core = new KeeperCore(options);
        core.Handle(new KeeperEvent.Wanted());
        return core;
    }

    private static KeeperCore Running(KeeperOptions? options = null)
    {
        var core = Wanted(options ?? new());
        core.Handle(new KeeperEvent.Started(TimeSpan.Zero));
        return core;
    }

    private static KeeperCore RunningLater(KeeperOptions options)
    {
        var core = Running(options);
        core.Handle(new KeeperEvent.Ended(Died, Second));
        core.Handle(new KeeperEvent.PauseOver());
        core.Handle(new KeeperEvent.Started(Second));
        return core;
    }
}
