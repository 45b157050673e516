namespace ActorCompute.Cli.Tests.Verbs;

/// <summary>Folders that are no journal, and cannot be one.</summary>
[Collection(InProcessCli.Collection)]
public sealed class RefusedJournalTests
{
    [Fact]
    public async Task Resume_ThereIsNone_IsRefused()
    {
        using var folder = new TestFolder();
        (await InProcessCli.RunAsync("resume", folder.PathOf("nothing"))).AssertRefused(2, folder.PathOf("nothing"), "no journal");
        (await InProcessCli.RunAsync("jobs", folder.PathOf("nothing"))).AssertRefused(2, folder.PathOf("nothing"), "no such folder");
    }

    [Fact]
    public async Task Journal_FolderThatCannotBeOne_IsRefusedInPlainWords()
    {
        using var folder = new TestFolder();
        var file = folder.Write("file", "x");
        (await InProcessCli.RunAsync("primes", "test", "7", "--journal", "")).AssertRefused(2, "empty");
        (await InProcessCli.RunAsync("primes", "test", "7", "--journal", file)).AssertRefused(2, file, "is a file");
        (await InProcessCli.RunAsync("primes", "test", "7", "--journal", Path.Combine(file, "below"))).AssertRefused(2, file, "no folder can be made");
        (await InProcessCli.RunAsync("resume", "")).AssertRefused(2, "empty");
        (await InProcessCli.RunAsync("resume", file)).AssertRefused(2, file, "is a file");
        (await InProcessCli.RunAsync("jobs", "")).AssertRefused(2, "empty");
    }
}
