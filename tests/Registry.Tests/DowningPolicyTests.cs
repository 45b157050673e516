using ActorCompute.Messages;

namespace ActorCompute.Registry.Tests;

/// <summary>The rules of "Membership is a hint": which members are downed, and which never.</summary>
public sealed class DowningPolicyTests
{
    [Fact]
    public void Decide_MemberIsTheRegisteredLife_IsKept() =>
        Assert.Empty(Decide([Member("a", "x:1", 11)], [Living("a", "x:1", 11)]));

    [Fact]
    public void Decide_RegisteredLifeIsUnreachable_IsKept() =>
        // The failure detector is a hint; the registry hears the worker itself.
        Assert.Empty(Decide([Member("a", "x:1", 11, unreachable: true)], [Living("a", "x:1", 11)]));

    [Fact]
    public void Decide_EarlierLivesOfARegisteredWorker_AreDowned() =>
        // Two quick deaths leave two behind, and knowing the predecessor's address alone would miss one.
        Assert.Equal(
            ["x:1", "x:2"],
            Decide([Member("a", "x:1", 11), Member("a", "x:2", 12, life: 2, unreachable: true), Member("a", "x:3", 13, life: 3)], [Living("a", "x:3", 13, life: 3)]));

    [Fact]
    public void Decide_LaterLifeThatHasNotRegisteredYet_IsKept() =>
        // It has just joined; the earlier one's death may not be known here. Downed, it could never register.
        Assert.Empty(Decide([Member("a", "x:1", 11, unreachable: true), Member("a", "x:2", 12, life: 2)], [Living("a", "x:1", 11)]));

    [Fact]
    public void Decide_LaterLifeOfADroppedWorker_IsKept() =>
        Assert.Equal(["x:1"], Decide([Member("a", "x:1", 11), Member("a", "x:2", 12, life: 2)], [], "a"));

    [Fact]
    public void Decide_LifeThatDiedBeforeItRegistered_IsDownedWithTheOthers() =>
        Assert.Equal(["x:2"], Decide([Member("a", "x:2", 12, life: 2, unreachable: true)], [Living("a", "x:3", 13, life: 3)]));

    [Fact]
    public void Decide_EarlierLifeOnTheAddressOfALivingOne_IsKept() =>
        // Down speaks of addresses: it would hit the living incarnation.
        Assert.Empty(Decide([Member("a", "x:1", 11)], [Living("a", "x:1", 12)]));

    [Fact]
    public void Decide_EarlierLifeOnTheAddressOfAnotherLivingWorker_IsKept() =>
        Assert.Empty(Decide([Member("a", "x:1", 11)], [Living("a", "x:2", 12), Living("b", "x:1", 21)]));

    [Fact]
    public void Decide_WorkerNotRegistered_IsKeptWhileReachable() =>
        // It may be on its way in, or the seed may have been started again and knows nobody yet.
        Assert.Equal(["x:2"], Decide([Member("a", "x:1", 11), Member("b", "x:2", 21, unreachable: true)], []));

    [Fact]
    public void Decide_WorkerDroppedForItsSilence_IsDowned() =>
        Assert.Equal(["x:1"], Decide([Member("a", "x:1", 11), Member("b", "x:2", 21)], [Living("b", "x:2", 21)], "a"));

    [Fact]
    public void Decide_DroppedWorkerOnTheAddressOfALivingOne_IsKept() =>
        Assert.Empty(Decide([Member("a", "x:1", 11)], [Living("b", "x:1", 21)], "a"));

    [Fact]
    public void Decide_OtherWorkers_AreNotMixedUp() =>
        Assert.Empty(Decide([Member("a", "x:1", 11), Member("b", "x:2", 11)], [Living("a", "x:1", 11), Living("b", "x:2", 11)]));

    private static WorkerMember Member(string worker, string address, int uid, long life = 1, bool unreachable = false) => new(new(new(worker), life), address, uid, unreachable);

    private static LivingWorker Living(string worker, string address, int uid, long life = 1) => new(new(new(worker), life), address, uid);

    private static List<string> Decide(WorkerMember[] members, LivingWorker[] living, params string[] dropped) =>
        [.. DowningPolicy.Decide(members, living, dropped.Select(id => new WorkerLife(new(id), 1)).ToList())];
}
