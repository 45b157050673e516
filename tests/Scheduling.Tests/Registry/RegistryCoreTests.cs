using Event = ActorCompute.Scheduling.RegistryEvent<string, string, string>;
using Instruction = ActorCompute.Scheduling.RegistryInstruction<string>;

namespace ActorCompute.Scheduling.Tests.Registry;

public sealed class RegistryCoreTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly byte[] Nonce = [1, 2, 3];

    private readonly RegistryCore<string, string, string> _core = new(default);

    [Fact]
    public void WorkerCame_FirstTimeAndAgain_IsNotedOnceAndConfirmedTwice()
    {
        Assert.Equal([new Instruction.NoteCame(Life("a"), "name-a", "node-1"), new Instruction.Confirm(Life("a"), "node-1", Nonce)], Come("a", 1, "node-1"));
        Assert.Equal([new Instruction.Confirm(Life("a"), "node-1", Nonce)], Come("a", 1, "node-1"));
        Assert.Single(_core.Workers);
    }

    [Fact]
    public void WorkerCame_Again_ShownAsItCameFirstAndKnownAsItIsNow()
    {
        Come("a", 1, "node-1", info: "idle");
        Come("a", 1, "node-1", info: "busy");
        var worker = Assert.Single(_core.Workers);
        Assert.Equal(("idle", "busy"), (worker.Info, worker.Latest));
    }

    [Fact]
    public void WorkerCame_LaterIncarnation_TakesThePlaceOfTheOneBefore()
    {
        Come("a", 1, "node-1");
        Assert.IsType<Instruction.NoteCame>(Come("a", 2, "node-2")[0]);
        var worker = Assert.Single(_core.Workers);
        Assert.Equal((2L, "node-2"), (worker.Life.Incarnation, worker.Node));
    }

    [Fact]
    public void WorkerCame_EarlierIncarnation_IsRefusedAndChangesNothing()
    {
        Attach("client");
        Come("a", 2, "node-2");

        Assert.Equal([new Instruction.RefuseStale("node-1", "name-a")], Come("a", 1, "node-1", 5 * Second));

        Assert.Equal("node-2", Assert.Single(_core.Workers).Node);
        // Not even a sign of life.
        Assert.Equal(["a"], DroppedBy(6 * Second + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void WorkerCame_SameIncarnationWithAnotherNode_IsNew()
    {
        Come("a", 1, "node-1");
        Assert.IsType<Instruction.NoteCame>(Come("a", 1, "node-2")[0]);
        Assert.Equal("node-2", Assert.Single(_core.Workers).Node);
    }

    [Fact]
    public void Workers_Several_ComeByTheirIds()
    {
        foreach (var id in new[] { "c", "a", "b" }) Come(id, 1, id);
        Assert.Equal(["a", "b", "c"], _core.Workers.Select(worker => worker.Life.Worker.Value));
    }

    [Fact]
    public void WorkerCame_NewOrReplaced_ClientsAreShownBeforeItIsConfirmed()
    {
        Attach("client");
        Assert.Equal([typeof(Instruction.ShowWorkers), typeof(Instruction.NoteCame), typeof(Instruction.Confirm)], Come("a", 1, "node-1").Select(instruction => instruction.GetType()));
        Assert.Equal([typeof(Instruction.ShowWorkers), typeof(Instruction.NoteCame), typeof(Instruction.Confirm)], Come("a", 2, "node-2", Second).Select(instruction => instruction.GetType()));
    }

    [Fact]
    public void WorkerCame_ManyAtOnce_ClientsAreShownTheFirstAtOnceAndTheRestTogether()
    {
        for (var i = 0; i < 500; i++) Attach($"client-{i}");

        Assert.Equal(500, Shown(Come("a", 1, "node-a")));
        // One worker was shown to five hundred clients.
        var pause = 500 * RegistryCore<string, string, string>.PauseByEntry;
        Assert.Equal(new Instruction.LookAgain(pause), Come("b", 1, "node-b")[0]);
        Assert.IsType<Instruction.NoteCame>(Come("c", 1, "node-c")[0]);
        Assert.Empty(_core.Handle(new Event.TimePassed(pause - TimeSpan.FromTicks(1))));

        Assert.Equal(500, Shown(_core.Handle(new Event.TimePassed(pause))));

        Assert.Empty(_core.Handle(new Event.TimePassed(Second)));
        Assert.Equal(500, Shown(_core.Handle(new Event.WorkerLeft(Life("c"), Second))));
    }

    [Fact]
    public void WorkerCame_ThousandsOfWorkersAndClients_ClientsAreShownEverySecond()
    {
        for (var i = 0; i < 1000; i++) Attach($"client-{i}");
        for (var i = 0; i < 1000; i++) Come($"worker-{i}", 1, "node");

        // The first was shown at once, the others by this.
        Assert.Equal(1000, Shown(_core.Handle(new Event.TimePassed(Second))));
        Assert.Equal(new Instruction.LookAgain(RegistryCore<string, string, string>.MaxPause), Come("another", 1, "node", Second)[0]);
    }

    [Fact]
    public void WorkerCame_Again_ClientsAreNotShown()
    {
        Come("a", 1, "node-1");
        Attach("client");
        Assert.DoesNotContain(Come("a", 1, "node-1"), instruction => instruction is Instruction.ShowWorkers);
    }

    [Fact]
    public void WorkerLeft_Registered_IsGoneAndClientsAreShown()
    {
        Come("a", 1, "node-1");
        Attach("client");
        Assert.Equal([new Instruction.NoteLeft(Life("a")), new Instruction.ShowWorkers("client", "to-client", Nonce)], _core.Handle(new Event.WorkerLeft(Life("a"), default)));
        Assert.Empty(_core.Workers);
        Assert.Empty(_core.Handle(new Event.WorkerLeft(Life("a"), default)));
    }

    [Fact]
    public void WorkerLeft_IncarnationThatWasReplaced_KeepsTheLivingOne()
    {
        Come("a", 1, "node-1");
        Come("a", 2, "node-2");
        Assert.Empty(_core.Handle(new Event.WorkerLeft(Life("a"), default)));
        Assert.Single(_core.Workers);
    }

    [Fact]
    public void TimePassed_SilentForLonger_DropsThoseAlone()
    {
        Come("a", 1, "node-1");
        Come("b", 1, "node-b");
        Come("b", 1, "node-b", 4 * Second);
        Attach("client", 5 * Second);

        Assert.Empty(DroppedBy(6 * Second));
        var at = 6 * Second + TimeSpan.FromTicks(1);
        Assert.Equal([new Instruction.NoteSilent(Life("a"), at), new Instruction.ShowWorkers("client", "to-client", Nonce)], _core.Handle(new Event.TimePassed(at)));

        Assert.Equal("b", Assert.Single(_core.Workers).Life.Worker.Value);
        // It may come back, in the same incarnation.
        Assert.Contains(Come("a", 1, "node-1", at), instruction => instruction is Instruction.NoteCame);
    }

    [Fact]
    public void Disconnected_NotHeardSince_IsDroppedSooner()
    {
        foreach (var id in new[] { "a", "b", "c" }) Come(id, 1, "node-" + id, 5 * Second);
        _core.Handle(new Event.Disconnected(node => node != "node-c", 6 * Second));
        Come("b", 1, "node-b", 7 * Second);

        Assert.Empty(DroppedBy(9 * Second));
        Assert.Equal(["a"], DroppedBy(9 * Second + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void TimePassed_AfterAStandstill_NobodyIsDropped()
    {
        Come("a", 1, "node-1");
        Assert.Empty(_core.Handle(new Event.TimePassed(60 * Second)));
        Assert.Empty(_core.Handle(new Event.TimePassed(61 * Second)));
        Assert.Single(_core.Workers);
    }

    [Fact]
    public void ClientCame_FirstTimeAndAgain_IsShownTheWorkers()
    {
        Instruction[] expected = [new Instruction.ShowWorkers("client", "to-client", Nonce)];
        Assert.Equal(expected, Attach("client"));
        Assert.Equal(expected, Attach("client"));
        Assert.Equal(["client"], _core.Clients.Keys);
    }

    [Fact]
    public void ClientLeft_Attached_IsShownNothingMore()
    {
        Attach("client");
        _core.Handle(new Event.ClientLeft("client"));
        Assert.DoesNotContain(Come("a", 1, "node-1"), instruction => instruction is Instruction.ShowWorkers);
    }

    [Fact]
    public void TimePassed_ClientSilentBeyondItsLease_IsShownNothingMore()
    {
        Attach("silent");
        Attach("lively", 10 * Second);
        DroppedBy(10 * Second);
        Assert.Equal(2, _core.Clients.Count);
        _core.Handle(new Event.TimePassed(10 * Second + TimeSpan.FromTicks(1)));
        Assert.Equal(["lively"], _core.Clients.Keys);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("name-a")]
    public void DrainAsked_OneOfThatNameOrId_IsDrained(string called)
    {
        Come("a", 1, "node-a");
        Come("b", 1, "node-b");
        Assert.Equal([new Instruction.Drain(Life("a"), "node-a", Nonce), new Instruction.AnswerDrain(1)], _core.Handle(new Event.DrainAsked("asker-1", called, default)));
    }

    [Fact]
    public void DrainAsked_NoneOrSeveralOfThatName_NobodyIsDrained()
    {
        Come("a", 1, "node-a", name: "twin");
        Come("b", 1, "node-b", name: "twin");
        Assert.Equal([new Instruction.AnswerDrain(2)], _core.Handle(new Event.DrainAsked("asker-2", "twin", default)));
        Assert.Equal([new Instruction.AnswerDrain(0)], _core.Handle(new Event.DrainAsked("asker-3", "c", default)));
    }

    [Fact]
    public void DrainAsked_AgainByTheSame_IsAnsweredAsBeforeAndDrainsNobody()
    {
        Come("a", 1, "node-a");
        Assert.Equal(2, _core.Handle(new Event.DrainAsked("asker", "a", default)).Count);
        _core.Handle(new Event.WorkerLeft(Life("a"), default));
        Assert.Equal([new Instruction.AnswerDrain(1)], _core.Handle(new Event.DrainAsked("asker", "a", default)));
        Assert.Equal([new Instruction.AnswerDrain(0)], _core.Handle(new Event.DrainAsked("another", "a", default)));
    }

    [Fact]
    public void DrainAsked_RegisteredAgain_IsProvedOverItsLastNonce()
    {
        Come("a", 1, "node-a");
        ReadOnlyMemory<byte> later = new byte[] { 4 };
        _core.Handle(new Event.WorkerCame(Life("a"), "name-a", "node-a", "", later, default));
        Assert.Equal(new Instruction.Drain(Life("a"), "node-a", later), _core.Handle(new Event.DrainAsked("asker-4", "a", default))[0]);
    }

    private static int Shown(IEnumerable<Instruction> todo) => todo.OfType<Instruction.ShowWorkers>().Count();

    private static WorkerLife Life(string id, long incarnation = 1) => new(new(id), incarnation);

    private IReadOnlyList<Instruction> Come(string id, long incarnation, string node, TimeSpan at = default, string info = "", string? name = null) =>
        _core.Handle(new Event.WorkerCame(Life(id, incarnation), name ?? "name-" + id, node, info, Nonce, at));

    private IReadOnlyList<Instruction> Attach(string id, TimeSpan at = default) => _core.Handle(new Event.ClientCame(id, "to-" + id, "", Nonce, at));

    /// <summary>Who is dropped until then, second by second.</summary>
    private List<string> DroppedBy(TimeSpan at)
    {
        var dropped = new List<string>();
        for (var now = TimeSpan.Zero; ; now += Second)
        {
            dropped.AddRange(_core.Handle(new Event.TimePassed(now < at ? now : at)).OfType<Instruction.NoteSilent>().Select(silent => silent.Life.Worker.Value));
            if (now >= at) return dropped;
        }
    }
}
