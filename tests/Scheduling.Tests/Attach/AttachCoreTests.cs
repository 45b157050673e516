using Event = ActorCompute.Scheduling.AttachEvent<ActorCompute.Scheduling.Tests.Attach.Seen>;
using Instruction = ActorCompute.Scheduling.AttachInstruction<ActorCompute.Scheduling.Tests.Attach.Seen>;

namespace ActorCompute.Scheduling.Tests.Attach;

public sealed class AttachCoreTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeyondSilence = AttachCore<Seen>.RegistrySilence + TimeSpan.FromTicks(1);

    private readonly AttachCore<Seen> _core = new(worker => worker.Life);

    [Fact]
    public void AttachDue_Unanswered_AttachesAndSoonAgain()
    {
        Instruction[] expected = [new Instruction.Attach(), new Instruction.AttachAgain(0.25 * Second)];
        Assert.Equal(expected, _core.Handle(new Event.AttachDue(default)));
        Assert.Equal(expected, _core.Handle(new Event.AttachDue(Second)));
    }

    [Fact]
    public void AttachDue_OnceAnswered_AttachesEveryTwoSeconds()
    {
        See("s");
        Assert.Equal([new Instruction.Attach(), new Instruction.AttachAgain(2 * Second)], _core.Handle(new Event.AttachDue(Second)));
        Assert.Equal(new Instruction.AttachAgain(2 * Second), _core.Handle(new Event.AttachDue(60 * Second))[1]);
    }

    [Fact]
    public void ViewArrived_FirstOfAll_IsAttachedAfterTheWorkersAreTold()
    {
        var todo = _core.Handle(new Event.ViewArrived("s", [new("a", 1)], default));
        Assert.Equal([typeof(Instruction.Publish), typeof(Instruction.Attached)], todo.Select(instruction => instruction.GetType()));
        Assert.Equal([new("a", 1)], ((Instruction.Publish)todo[0]).Workers);
        Assert.Equal([new Instruction.Attached()], new AttachCore<Seen>(worker => worker.Life).Handle(new Event.ViewArrived("s", [], default)));
    }

    [Fact]
    public void ViewArrived_TheSameAgain_TellsNobody()
    {
        See("s", new Seen("a", 1));
        Assert.Empty(_core.Handle(new Event.ViewArrived("s", [new("a", 1)], Second)));
        Assert.Empty(_core.Handle(new Event.ViewArrived("t", [new("a", 1)], Second)));
    }

    [Fact]
    public void ViewArrived_OfTwoRegistries_AreBroughtTogether()
    {
        See("s", new Seen("b", 1));
        Assert.Equal([new("a", 1), new("b", 1)], See("t", new Seen("a", 1)));
    }

    [Fact]
    public void ViewArrived_LaterIncarnation_CountsWhicheverSaysIt()
    {
        See("s", new Seen("a", 1));
        Assert.Equal([new("a", 2)], See("t", new Seen("a", 2)));
        Assert.Equal([new("a", 2)], See("s", new Seen("a", 1)));
    }

    [Fact]
    public void ViewArrived_TwoTellDifferentlyOfOneIncarnation_TheSameOneCountsAlways()
    {
        See("t", new Seen("a", 1, "as t says"));
        Assert.Equal([new("a", 1, "as s says")], See("s", new Seen("a", 1, "as s says")));
        Assert.Equal([new("a", 1, "as s says")], See("t", new Seen("a", 1, "as t says")));
    }

    [Fact]
    public void ViewArrived_EarlierIncarnationOfOneThatLeft_DoesNotComeBack()
    {
        See("s", new Seen("a", 2));
        See("s");
        Assert.Empty(See("t", new Seen("a", 1)));
        Assert.Equal([new("a", 2)], See("s", new Seen("a", 2)));
    }

    [Fact]
    public void ViewArrived_OnlyRegistryLacksIt_IsTakenOut()
    {
        See("s", new Seen("a", 1), new Seen("b", 1));
        Assert.Equal([new("b", 1)], See("s", new Seen("b", 1)));
    }

    [Fact]
    public void ViewArrived_OneOfTwoLacksIt_Stays()
    {
        See("s", new Seen("a", 1));
        Assert.Equal([new("a", 1)], See("t"));
        Assert.Empty(See("s"));
    }

    [Fact]
    public void ViewArrived_TheOneThatKnewItIsSilent_IsTakenOut()
    {
        See("s", new Seen("a", 1));
        _core.Handle(new Event.ViewArrived("t", [], BeyondSilence));
        Assert.Empty(_core.Workers);
    }

    [Fact]
    public void AttachDue_TheOneThatKnewItFallsSilent_IsTakenOutThen()
    {
        See("s", new Seen("a", 1));
        See("t");
        _core.Handle(new Event.ViewArrived("t", [], 3 * Second));
        _core.Handle(new Event.AttachDue(AttachCore<Seen>.RegistrySilence));
        Assert.Single(_core.Workers);
        var todo = _core.Handle(new Event.AttachDue(BeyondSilence));
        Assert.Empty(Assert.IsType<Instruction.Publish>(todo[^1]).Workers);
    }

    [Fact]
    public void AttachDue_AllAreSilent_NothingIsTakenAway()
    {
        See("s", new Seen("a", 1));
        See("t");
        Assert.DoesNotContain(_core.Handle(new Event.AttachDue(60 * Second)), instruction => instruction is Instruction.Publish);
        Assert.Single(_core.Workers);
    }

    [Fact]
    public void WorkerEnded_IsForgottenWhenItsLastWordsWereRead()
    {
        var seen = new Seen("a", 1);
        See("s", seen);

        Assert.Equal([new Instruction.AwaitLastWords(seen.Life, 0.25 * Second)], _core.Handle(new Event.WorkerEnded(seen.Life, "was killed")));
        Assert.Equal([seen], See("s", seen));
        Assert.Equal([new Instruction.TellEnd(seen.Life, "was killed")], _core.Handle(new Event.LastWordsOver(seen.Life)));
        Assert.Empty(_core.Workers);
    }

    [Fact]
    public void WorkerEnded_AStaleRegistryStillHasIt_DoesNotComeBack()
    {
        var seen = new Seen("a", 1);
        See("s", seen);
        End(seen);
        Assert.Empty(See("s", seen));
        Assert.Empty(See("t", seen));
        Assert.Equal([new("a", 2)], See("s", new Seen("a", 2)));
    }

    [Fact]
    public void WorkerEnded_TakenOutMeanwhile_IsNotBroughtBackByAStaleOne()
    {
        var seen = new Seen("a", 1);
        See("s", seen);
        _core.Handle(new Event.WorkerEnded(seen.Life, "was killed"));
        See("s");
        Assert.Empty(See("t", seen));
    }

    [Fact]
    public void LastWordsOver_ItsNextIncarnationIsThere_StaysAndTheEndIsTold()
    {
        See("s", new Seen("a", 1));
        _core.Handle(new Event.WorkerEnded(new Seen("a", 1).Life, "was killed"));
        See("s", new Seen("a", 2));
        Assert.IsType<Instruction.TellEnd>(Assert.Single(_core.Handle(new Event.LastWordsOver(new Seen("a", 1).Life))));
        Assert.Equal([new("a", 2)], _core.Workers);
    }

    [Fact]
    public void WorkerEnded_NeverSeen_IsToldAllTheSame() =>
        Assert.IsType<Instruction.TellEnd>(Assert.Single(End(new("a", 1))));

    private IReadOnlyList<Instruction> End(Seen worker)
    {
        _core.Handle(new Event.WorkerEnded(worker.Life, "was killed"));
        return _core.Handle(new Event.LastWordsOver(worker.Life));
    }

    private IReadOnlyList<Seen> See(string registry, params Seen[] workers)
    {
        var before = _core.Workers;
        var told = _core.Handle(new Event.ViewArrived(registry, workers, default)).OfType<Instruction.Publish>().SingleOrDefault();
        Assert.Equal(told?.Workers ?? before, _core.Workers);
        return _core.Workers;
    }
}
