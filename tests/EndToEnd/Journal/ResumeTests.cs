using System.Globalization;

namespace ActorCompute.EndToEnd.Journal;

/// <summary>Jobs that were killed, and go on.</summary>
[Collection(Lane.Faults)]
public class ResumeTests(ProcessEnvironment environment)
{
    [Fact]
    public async Task PrimesCount_KilledInTheMiddle_ResumeRunsTheRestAndTheTotalIsRight()
    {
        using var folder = new TestFolder();
        var journal = folder.PathOf("count");
        // Some 30 bytes a piece behind a header of some 400, and a good 200 pieces.
        await JournalCommand.KillAtAsync(journal, 2_500, "primes", "count", "1", "1e10", "--workers", "2");
        var before = await JournalCommand.StateAsync(journal);
        Assert.Equal("unfinished", before["state"]);
        var (done, total) = (long.Parse(before["done"], CultureInfo.InvariantCulture), long.Parse(before["total"], CultureInfo.InvariantCulture));
        Assert.InRange(done, 10, total - 1);

        Assert.Equal(["455052511"], (await CommandLineProgram.RunAsync("resume", journal, "--workers", "2")).AssertClean().Output);

        var after = await JournalCommand.StateAsync(journal);
        Assert.Equal(("complete", total), (after["state"], long.Parse(after["done"], CultureInfo.InvariantCulture)));
        // A record for each task, so none ran twice: what the second run wrote is what was missing.
        var perTask = 60;
        Assert.InRange(new FileInfo(Path.Combine(journal, "journal.acj")).Length, 0, 2_000 + (total * perTask));
    }

    [Fact]
    public async Task PrimesTest_KilledInTheMiddleOrdered_ResumeGivesTheSameBytes()
    {
        using var folder = new TestFolder();
        var numbers = folder.Write("numbers.txt", string.Join('\n', Enumerable.Range(0, 300_000).Select(i => (1_000_000_000_000_000_003UL + ((ulong)i * 2)).ToString(CultureInfo.InvariantCulture))));
        string[] command = ["primes", "test", "--from-file", numbers, "--ordered", "--format", "csv"];
        var journal = folder.PathOf("test");
        await JournalCommand.KillAtAsync(journal, 500_000, [.. command, "--workers", "2"]);
        Assert.Equal("unfinished", (await JournalCommand.StateAsync(journal))["state"]);

        var resumed = folder.PathOf("resumed.csv");
        (await CommandLineProgram.RunAsync("resume", journal, "--workers", "1", "--out", resumed)).AssertClean();
        var undisturbed = folder.PathOf("undisturbed.csv");
        (await CommandLineProgram.RunAsync([.. command, "--workers", "2", "--out", undisturbed])).AssertClean();

        Assert.Equal(await File.ReadAllBytesAsync(undisturbed), await File.ReadAllBytesAsync(resumed));
        Assert.Equal("300000", (await JournalCommand.StateAsync(journal))["done"]);
    }

    [Fact]
    public async Task Scan_Complete_ResumePrintsTheSameWithoutACluster()
    {
        var counts = environment.Counts;
        using var folder = new TestFolder();
        var journal = folder.PathOf("scan");
        var first = (await CommandLineProgram.RunAsync("scan", environment.BamFile, "--workers", "2", "--journal", journal)).AssertClean();

        // There is no seed at this address: nothing is asked of it.
        var second = (await CommandLineProgram.RunAsync("resume", journal, "--cluster", $"127.0.0.1:{FreePort.Find()}")).AssertClean();

        Assert.Equal(first.Output.Order(StringComparer.Ordinal), second.Output.Order(StringComparer.Ordinal));
        Assert.Equal(counts.Total, second.Rows.Sum(row => long.Parse(row["reads"], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Scan_FileHasChanged_IsRefused()
    {
        _ = environment.Counts;
        using var folder = new TestFolder();
        var (file, journal) = (folder.PathOf("copy.bam"), folder.PathOf("scan"));
        File.Copy(environment.BamFile, file);
        File.Copy(environment.BamFile + ".bai", file + ".bai");
        (await CommandLineProgram.RunAsync("scan", file, "--workers", "1", "--journal", journal)).AssertClean();

        // The same bytes, written again: the same input.
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
        (await CommandLineProgram.RunAsync("resume", journal)).AssertExit(0);
        await ChangeByteAsync(file);
        (await CommandLineProgram.RunAsync("resume", journal)).AssertRefused(2, file, "has changed", "content");
        await File.AppendAllTextAsync(file, "more");
        (await CommandLineProgram.RunAsync("resume", journal)).AssertRefused(2, file, "bytes");
        File.Delete(file);
        (await CommandLineProgram.RunAsync("resume", journal)).AssertRefused(2, file, "no such file");
    }

    /// <summary>The link stays; what it leads to is another file of the same length and time.</summary>
    [UnixFact]
    public async Task Depth_OtherDataBehindTheSameLink_IsRefusedAndACopyBehindANewLinkIsNot()
    {
        _ = environment.Counts;
        using var folder = new TestFolder();
        var (file, link, journal) = (folder.PathOf("data.bam"), folder.PathOf("link.bam"), folder.PathOf("depth"));
        File.Copy(environment.BamFile, file);
        File.Copy(environment.BamFile + ".bai", link + ".bai");
        File.CreateSymbolicLink(link, file);
        var first = (await CommandLineProgram.RunAsync("depth", link, "--workers", "1", "--ordered", "--journal", journal)).AssertExit(0);

        File.Delete(link);
        File.Copy(file, folder.PathOf("copy.bam"));
        File.CreateSymbolicLink(link, folder.PathOf("copy.bam"));
        Assert.Equal(first.Output, (await CommandLineProgram.RunAsync("resume", journal)).AssertExit(0).Output);

        var writtenAt = File.GetLastWriteTimeUtc(link);
        await ChangeByteAsync(folder.PathOf("copy.bam"));
        File.SetLastWriteTimeUtc(folder.PathOf("copy.bam"), writtenAt);
        (await CommandLineProgram.RunAsync("resume", journal)).AssertRefused(2, link, "content");
    }

    /// <summary>A task that is stuck in front keeps the plan from being drawn to what the journal has behind it.</summary>
    [Fact]
    public async Task Run_DeadlineOnResumeOfAnOrderedJournal_AllThatIsRecordedIsShown()
    {
        using var folder = new TestFolder();
        var journal = folder.PathOf("j");
        string[] items = [.. new[] { "60", "0", "0", "0", "0", "0" }.SelectMany(item => new[] { "--item", item })];
        (await CommandLineProgram.RunAsync(["run", "sleep", .. items, "--workers", "2", "--ordered", "--grace", "100ms", "--deadline", "6s", "--journal", journal])).AssertExit(1);
        Assert.Equal("5", (await JournalCommand.StateAsync(journal))["done"]);

        var resumed = (await CommandLineProgram.RunAsync("resume", journal, "--workers", "1", "--max-in-flight", "1", "--grace", "100ms", "--deadline", "3s")).AssertExit(1);
        Assert.Equal(5, resumed.Rows.Count);
    }

    private static async Task ChangeByteAsync(string file)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
    }

    [UnixFact]
    public async Task PrimesCount_Interrupted_SaysHowToGoOnAndResumeDoes()
    {
        using var folder = new TestFolder();
        var journal = folder.PathOf("count");
        await using var program = RunningProgram.StartCli("primes", "count", "1", "1e10", "--workers", "1", "--journal", journal);
        await JournalCommand.GrowAsync(journal, 1_500);
        Signal.Send(program.Id, Signal.Interrupt);
        (await program.WaitAsync("the interrupted command")).AssertExit(130).AssertSays("error: cancelled", "resume", journal);
        Assert.Equal("unfinished", (await JournalCommand.StateAsync(journal))["state"]);

        Assert.Equal(["455052511"], (await CommandLineProgram.RunAsync("resume", journal, "--workers", "2")).AssertClean().Output);
    }

    [UnixFact]
    public async Task PrimesCount_JournalsDiskIsFull_EndsWithWhatIsSafeAndResumeGoesOn()
    {
        using var folder = new TestFolder();
        var journal = folder.PathOf("count");
        await using var program = RunningProgram.StartWithFileLimit(blocks: 8, "primes", "count", "1", "1e10", "--workers", "1", "--journal", journal);
        (await program.WaitAsync("the end when the journal cannot be written")).AssertRefused(1, "the journal could not be written", "resume");
        await program.AssertFamilyEndsAsync("after it", RunningProgram.Limit);
        Assert.True(long.Parse((await JournalCommand.StateAsync(journal))["done"], CultureInfo.InvariantCulture) > 10);

        var resumed = (await CommandLineProgram.RunAsync("resume", journal, "--workers", "2")).AssertExit(0);
        Assert.Equal(["455052511"], resumed.Output);
    }
}
