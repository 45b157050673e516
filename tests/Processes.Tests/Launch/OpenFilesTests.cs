namespace ActorCompute.Processes.Tests.Launch;

/// <summary>Whether a process may open as many files as it will need.</summary>
public sealed class OpenFilesTests
{
    [Theory]
    [InlineData(0, 199, "199 files may be open at a time, and a program of a cluster needs 200; raise the limit ('ulimit -n 1024' in the shell) and try again.")]
    [InlineData(0, 200, null)]
    [InlineData(2, 64, "64 files may be open at a time, and a cluster of 2 workers needs 216; raise the limit ('ulimit -n 1024' in the shell) and try again.")]
    [InlineData(2, 216, null)]
    [InlineData(1024, 1024, "1024 files may be open at a time, and a cluster of 1024 workers needs 8392; raise the limit ('ulimit -n 8392' in the shell) and try again.")]
    public void Shortage_OfSomeLimit_SaysWhatIsNeeded(int workers, int limit, string? said) => Assert.Equal(said, OpenFiles.Shortage(workers, (ulong)limit));

    [Fact]
    public void Shortage_NoLimitKnownOrThisMachines_IsNone()
    {
        Assert.Null(OpenFiles.Shortage(1024, null));
        Assert.Null(OpenFiles.Shortage());
    }
}
