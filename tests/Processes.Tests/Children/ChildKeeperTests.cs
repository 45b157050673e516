using System.Collections.Concurrent;

namespace ActorCompute.Processes.Tests.Children;

/// <summary>The keeper over real children.</summary>
public sealed class ChildKeeperTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [UnixFact]
    public async Task RunAsync_ChildDies_IsStartedAgainAndToldHowItEnded()
    {
        var kept = new Kept(incarnation => incarnation == 1 ? "exit 7" : "echo 'actorcompute-worker ends: Drained'");

        Assert.Equal(KeeperOutcome.Drained, await new ChildKeeper(kept, new()).RunAsync().WaitAsync(Bound));

        Assert.Equal(["start 1 ()", "ended 1", "restart", "start 2 (exited with status 7)", "ended 2"], kept.Seen);
    }

    [UnixFact]
    public async Task Stop_ChildRuns_ItEndsAndNothingElseStarts()
    {
        var kept = new Kept(_ => "cat >/dev/null");
        var keeper = new ChildKeeper(kept, new());
        var run = keeper.RunAsync();

        keeper.Stop(inOrder: false, Bound);

        Assert.Equal(KeeperOutcome.Stopped, await run.WaitAsync(Bound));
        Assert.Equal(0, keeper.Child!.ExitCode);
        Assert.Equal(["start 1 ()"], kept.Seen);
    }

    [UnixFact]
    public async Task Stop_ChildDoesNotReact_IsKilledAfterTheBound()
    {
        var kept = new Kept(_ => "trap '' TERM; exec sleep 300");
        var keeper = new ChildKeeper(kept, new());
        var run = keeper.RunAsync();

        keeper.Stop(inOrder: false, TimeSpan.FromMilliseconds(50));

        Assert.Equal(KeeperOutcome.Stopped, await run.WaitAsync(Bound));
        Assert.Equal(137, keeper.Child!.ExitCode);
    }

    [UnixFact]
    public async Task Stop_WhileTheChildIsNotIntroduced_StopsIt()
    {
        var kept = new Kept(_ => "cat >/dev/null") { Introduced = new TaskCompletionSource().Task };
        var keeper = new ChildKeeper(kept, new());
        var run = keeper.RunAsync();

        keeper.Stop(inOrder: false, Bound);

        Assert.Equal(KeeperOutcome.Stopped, await run.WaitAsync(Bound));
    }

    [Fact]
    public async Task Stop_BeforeRun_NothingStarts()
    {
        var kept = new Kept(_ => "exit 0");
        var keeper = new ChildKeeper(kept, new());
        keeper.Stop(inOrder: false, Bound);

        Assert.Equal(KeeperOutcome.Stopped, await keeper.RunAsync().WaitAsync(Bound));
        Assert.Empty(kept.Seen);
    }

    [Fact]
    public async Task RunAsync_ProgramMissing_Throws()
    {
        var kept = new Kept(_ => throw new ProgramMissingException("no such program"));
        Assert.Equal("no such program", (await Assert.ThrowsAsync<ProgramMissingException>(() => new ChildKeeper(kept, new()).RunAsync().WaitAsync(Bound))).Message);
    }

    [UnixFact]
    public async Task RunAsync_ProgramMissingLater_IsTriedAgain()
    {
        var tries = 0;
        var kept = new Kept(incarnation => incarnation == 1 ? "exit 7" : tries++ == 0 ? throw new ProgramMissingException("gone for now") : "echo 'actorcompute-worker ends: Drained'");

        Assert.Equal(KeeperOutcome.Drained, await new ChildKeeper(kept, new()).RunAsync().WaitAsync(Bound));

        Assert.Equal(["start 1 ()", "ended 1", "restart", "gone for now", "start 2 (exited with status 7)", "ended 2"], kept.Seen);
    }

    private sealed class Kept(Func<long, string> script) : IKeptChild
    {
        public ConcurrentQueue<string> Seen { get; } = new();

        public Task Introduced { get; init; } = Task.CompletedTask;

        public ChildProcess Start(long incarnation, string? previousEnd)
        {
            var text = script(incarnation);
            Seen.Enqueue($"start {incarnation} ({previousEnd})");
            return ChildProcess.Start(
                new("/bin/sh", ["-c", text]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false },
                null);
        }

        public Task IntroduceAsync(ChildProcess child) => Introduced;

        public void Ended(long incarnation, ChildProcess child) => Seen.Enqueue($"ended {incarnation}");

        public void Restarts(ChildProcess child, TimeSpan pause) => Seen.Enqueue("restart");

        public void CannotStart(string reason) => Seen.Enqueue(reason);
    }
}
