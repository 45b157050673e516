namespace ActorCompute.EndToEnd.Journal;

/// <summary>Journals that cannot be used: a line that says why, and nothing is run.</summary>
[Collection(Lane.Faults)]
public class JournalRefusalTests
{
    [Fact]
    public async Task Journal_ThereIsOne_IsRefusedWithTheWayToGoOn()
    {
        using var folder = new TestFolder();
        var journal = folder.PathOf("j");
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--workers", "1", "--journal", journal)).AssertClean();
        (await CommandLineProgram.RunAsync("primes", "test", "9", "--workers", "1", "--journal", journal)).AssertRefused(2, journal, "resume");
    }

    [Fact]
    public async Task Journal_DamagedInTheMiddle_IsRefusedAndSalvaged()
    {
        using var folder = new TestFolder();
        var journal = folder.PathOf("j");
        (await CommandLineProgram.RunAsync("primes", "test", "7", "8", "9", "--ordered", "--workers", "1", "--journal", journal)).AssertClean();
        var path = Path.Combine(journal, "journal.acj");
        var bytes = await File.ReadAllBytesAsync(path);
        var second = SecondOf(bytes);
        bytes[second + 20] ^= 0x40;
        await File.WriteAllBytesAsync(path, bytes);

        (await CommandLineProgram.RunAsync("resume", journal)).AssertRefused(2, path, $"offset {second}", "--salvage");
        var salvaged = (await CommandLineProgram.RunAsync("resume", journal, "--salvage", "--workers", "1")).AssertExit(0).AssertSays("warning: ", $"offset {second}");
        Assert.Equal(["number\tprime", "7\ttrue", "8\tfalse", "9\tfalse"], salvaged.Output);
        (await CommandLineProgram.RunAsync("resume", journal)).AssertClean();
    }

    [Fact]
    public async Task Resume_InputChangedUnseen_IsRefused()
    {
        using var folder = new TestFolder();
        var (file, journal) = (folder.Write("numbers.txt", "7\n8\n9\n"), folder.PathOf("j"));
        (await CommandLineProgram.RunAsync("primes", "test", "--from-file", file, "--workers", "1", "--journal", journal)).AssertClean();
        var writtenAt = File.GetLastWriteTimeUtc(file);
        await File.WriteAllTextAsync(file, "7\n6\n9\n");
        File.SetLastWriteTimeUtc(file, writtenAt);

        (await CommandLineProgram.RunAsync("resume", journal)).AssertRefused(2, file, "content", "anew");
    }

    [Fact]
    public async Task Journal_IsInUse_IsRefusedAndListedAsRunning()
    {
        using var folder = new TestFolder();
        var journal = folder.PathOf("j");
        await using var program = RunningProgram.StartCli("primes", "count", "1", "1e13", "--workers", "1", "--progress", "plain", "--journal", journal);
        await program.WaitForLineAsync(program.Error, line => line.Contains("pieces on 1 workers", StringComparison.Ordinal), "the job's progress");
        (await CommandLineProgram.RunAsync("resume", journal)).AssertRefused(2, journal, "in use");
        Assert.Equal("running", (await JournalCommand.StateAsync(journal))["state"]);
    }

    /// <summary>Whoever runs it would believe that it can be resumed.</summary>
    [UnixFact]
    public async Task Journal_RemovedWhileItIsWritten_EndsTheJobWithAnError()
    {
        using var folder = new TestFolder();
        var journal = folder.PathOf("j");
        await using var program = RunningProgram.StartCli("primes", "count", "1", "1e11", "--workers", "1", "--journal", journal);
        await JournalCommand.GrowAsync(journal, 1_000);
        Directory.Delete(journal, recursive: true);
        (await program.WaitAsync("the end when the journal is gone")).AssertExit(1).AssertSays("error: ", journal, "removed or replaced");
        await program.AssertFamilyEndsAsync("after it", RunningProgram.Limit);
    }

    /// <summary>Where the second result begins: the mark is that of the file's head; before it come header, worker and first result.</summary>
    private static int SecondOf(byte[] bytes)
    {
        var mark = bytes.AsSpan(12, 8);
        var at = 12;
        for (var record = 0; record < 4; record++) at += 8 + bytes.AsSpan(at + 8).IndexOf(mark);
        return at;
    }
}
