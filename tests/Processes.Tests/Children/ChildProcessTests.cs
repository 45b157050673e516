using System.Diagnostics;
using ActorCompute.Scheduling;

namespace ActorCompute.Processes.Tests.Children;

/// <summary>Real children: how their end is seen.</summary>
public sealed class ChildProcessTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [UnixFact]
    public async Task Exited_AGrandchildHoldsThePipes_IsSeenAllTheSame()
    {
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The grandchild says its id, so that it can be ended.
        using var child = ChildProcess.Start(Shell("sleep 300 & echo $!; echo last words >&2; exit 7"), null, line => said.TrySetResult(line));
        try
        {
            await child.Exited.WaitAsync(Bound);
            Assert.Equal((7, PlannedEnd.None, "exited with status 7; it said: last words"), (child.ExitCode, child.PlannedEnd, child.DescribeEnd()));
        }
        finally
        {
            using var grandchild = Process.GetProcessById(int.Parse(await said.Task.WaitAsync(Bound), System.Globalization.CultureInfo.InvariantCulture));
            grandchild.Kill();
        }
    }

    [UnixTheory]
    [InlineData("Drained", PlannedEnd.Drained)]
    [InlineData("Replaced", PlannedEnd.Replaced)]
    [InlineData("Refused", PlannedEnd.Refused)]
    [InlineData("None", PlannedEnd.None)]
    [InlineData("17", PlannedEnd.None)]
    public async Task PlannedEnd_SaidOnOutput_IsReadAndNoOutput(string word, PlannedEnd expected)
    {
        var lines = new List<string>();
        using var child = ChildProcess.Start(Shell($"echo hello; echo 'actorcompute-worker ends: {word}'"), null, lines.Add);
        await child.Exited.WaitAsync(Bound);
        Assert.Equal(expected, child.PlannedEnd);
        Assert.Equal("hello", lines[0]);
        Assert.Equal(word == "17" ? 2 : 1, lines.Count);
    }

    private static ProcessStartInfo Shell(string script) => new("/bin/sh", ["-c", script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };
}
