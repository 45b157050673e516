namespace ActorCompute.Processes.Tests.Children;

/// <summary>Exit statuses in words.</summary>
public sealed class ExitTextTests
{
    [Theory]
    [InlineData(0, "exited with status 0")]
    [InlineData(70, "exited with status 70")]
    [InlineData(128, "exited with status 128")]
    [InlineData(129, "ended by signal 1 (SIGHUP)")]
    [InlineData(134, "ended by signal 6 (SIGABRT)")]
    [InlineData(137, "ended by signal 9 (SIGKILL)")]
    [InlineData(139, "ended by signal 11 (SIGSEGV)")]
    [InlineData(192, "ended by signal 64")]
    [InlineData(193, "exited with status 193")]
    [InlineData(255, "exited with status 255")]
    public void Of_UnixStatus_IsASignalOnlyWhereThereIsOne(int status, string text) => Assert.Equal(text, ExitText.Of(status, isWindows: false));

    [Theory]
    [InlineData(0, "exited with status 0")]
    [InlineData(139, "exited with status 139")]
    [InlineData(-1, "exited with status 0xFFFFFFFF")]
    [InlineData(unchecked((int)0xC0000005), "exited with status 0xC0000005 (access violation)")]
    [InlineData(unchecked((int)0xC00000FD), "exited with status 0xC00000FD (stack overflow)")]
    [InlineData(unchecked((int)0xE0434352), "exited with status 0xE0434352 (unhandled exception of .NET)")]
    [InlineData(int.MinValue, "exited with status 0x80000000")]
    public void Of_WindowsStatus_NegativeOnesAreCodesWithNames(int status, string text) => Assert.Equal(text, ExitText.Of(status, isWindows: true));
}
