using System.Diagnostics;

namespace ActorCompute.Processes.Tests.Children;

/// <summary>Programs that are there, but that the system does not start.</summary>
public sealed class ChildStartTests : TestFolder
{
    [UnixTheory]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute)]
    public async Task Start_CannotBeStartedButHasAnAssembly_TheRuntimeRunsThat(UnixFileMode mode)
    {
        var program = Write("program", mode);
        // No assembly either, which only the runtime's host can find out.
        Write("program.dll", UnixFileMode.UserRead);
        using var child = ChildProcess.Start(Info(program), null);
        await child.Exited.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotEqual(0, child.ExitCode);
        Assert.Contains("; it said: A fatal error", child.DescribeEnd(), StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute)]
    public void Start_CannotBeStarted_IsSaidWithItsPathAndWhy(UnixFileMode mode)
    {
        var program = Write("program", mode);
        var message = Assert.Throws<ProgramMissingException>(() => ChildProcess.Start(Info(program), null)).Message;
        Assert.StartsWith($"the program {program} cannot be started: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("An error occurred", message, StringComparison.Ordinal);
    }

    private static ProcessStartInfo Info(string program) =>
        new(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

    // What no system takes for a program: neither a known format nor a script.
    private string Write(string name, UnixFileMode mode)
    {
        var path = PathOf(name);
        File.WriteAllBytes(path, [0x7F, 1, 2, 3, 0, 0, 0, 0]);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
        return path;
    }
}
