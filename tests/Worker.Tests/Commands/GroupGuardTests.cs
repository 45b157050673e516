using System.Runtime.Versioning;
using ActorCompute.Support;
using ActorCompute.Worker.Commands;

namespace ActorCompute.Worker.Tests.Commands;

/// <summary>The process that ends a worker's commands, beside a worker whose part this process plays.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GroupGuardTests
{
    [UnixFact]
    public void Leave_GroupThatRuns_EndsWithTheGuard()
    {
        var groups = new CommandGroups();
        var (place, mark) = groups.Begin(TimeSpan.FromSeconds(1));
        var leader = Start(mark);
        groups.Started(place, leader);
        AssertEndsWith(groups, leader);
    }

    /// <summary>A worker that was killed between a program's start and the word of it: the program is found by its mark.</summary>
    [LinuxFact]
    public void Leave_GroupWhoseStartWasNotWrittenDown_IsFound()
    {
        var groups = new CommandGroups();
        var leader = Start(groups.Begin(TimeSpan.FromSeconds(1)).Mark);
        AssertEndsWith(groups, leader);
    }

    [UnixFact]
    public void Leave_GroupThatEnded_ItsNumberIsNobodysAnyMore()
    {
        var groups = new CommandGroups();
        var (place, mark) = groups.Begin(TimeSpan.FromSeconds(1));
        var leader = Start(mark);
        groups.Started(place, leader);
        groups.End(place);
        groups.Leave();
        Assert.Equal(0, UnixCalls.WaitFor(leader, out _, UnixCalls.NoHang));
        UnixGroup.Kill(leader);
        Assert.Equal(leader, UnixCalls.WaitFor(leader, out _, 0));
    }

    private static int Start(string mark) => UnixSpawn.Start(["sleep", "3600"], [$"PATH={Environment.GetEnvironmentVariable("PATH")}", $"{GroupTable.Variable}={mark}"], null, (null, null, null));

    private static void AssertEndsWith(CommandGroups groups, int leader)
    {
        groups.Leave();
        Assert.Equal(leader, UnixCalls.WaitFor(leader, out var status, 0));
        Assert.Equal(UnixCalls.Term, status & 0x7F);
    }
}
