using PrimeJobs = ActorCompute.Primes;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Jobs from a program: <c>cluster.Run(job)</c>, with the rows and answers of their types.</summary>
[Collection(Lane.Clusters)]
public sealed class RunTests(ProcessEnvironment environment) : IDisposable
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly TestFolder _folder = new();

    // Made with its counts.
    private string BamFile => environment.Counts.Header.Count > 0 ? environment.BamFile : "";

    [Fact]
    public async Task Run_Scan_GivesARowForEachReferenceAsItIsCounted()
    {
        var cluster = await environment.LocalAsync();
        var rows = new List<ScanRow>();
        await foreach (var row in cluster.Run(Bam.Scan(BamFile, new() { ExcludedFlags = 0x904 }))) rows.Add(row);
        var expected = environment.Counts.Header.ToDictionary(reference => reference.Name, reference => environment.Counts.References[reference.Id].Primary);
        Assert.Equal(expected, rows.Where(row => row.Reference != "*").ToDictionary(row => row.Reference, row => row.Reads));
        Assert.All(rows, row => Assert.Contains(cluster.Workers, worker => worker.Name == row.Worker));
        Assert.Equal(environment.Counts.Header.Select(reference => reference.Length), rows.Where(row => row.Reference != "*").OrderBy(row => Array.FindIndex([.. environment.Counts.Header], reference => reference.Name == row.Reference)).Select(row => row.Length));

        var region = Assert.Single(await cluster.Run(Bam.Scan(BamFile, new() { Regions = ["chr2"] })));
        Assert.Equal(("chr2", environment.Counts.References[1].Total), (region.Reference, region.Reads));
    }

    [Fact]
    public async Task Run_FlagstatAndDepth_AgreeWithTheScan()
    {
        var cluster = await environment.LocalAsync();
        var total = (await cluster.Run(Bam.Scan(BamFile))).Sum(row => row.Reads);
        var flagstat = await cluster.Run(Bam.Flagstat(BamFile));
        Assert.Equal(total, flagstat[0].Passed + flagstat[0].Failed);
        Assert.True(flagstat.Single(row => row.Category == "mapped %").IsPercentage);
        var whole = await cluster.Run(Bam.Depth(BamFile));
        var windows = await cluster.Run(Bam.Depth(BamFile, new() { WindowLength = 1_000_000 }));
        Assert.Equal(whole.ToDictionary(row => row.Reference, row => row.Bases), windows.GroupBy(row => row.Reference).ToDictionary(group => group.Key, group => group.Sum(row => row.Bases)));
        Assert.All(whole, row => Assert.InRange(row.Mean, row.Min!.Value, row.Max!.Value));
    }

    [Fact]
    public async Task Run_Primes_GivesTheAnswer()
    {
        var cluster = await environment.LocalAsync();
        await using var counting = cluster.Run(PrimeJobs.Count(1, 10_000_000));
        Assert.Equal(664_579UL, await counting);
        Assert.Equal(664_579UL, await counting.AsTask());
        Assert.Equal([2UL, 3, 5, 7, 11, 13], await cluster.Run(PrimeJobs.List(1, 16), new() { Ordered = true }));
        Assert.Equal([new(97, true), new PrimeRow(98, false)], (await cluster.Run(PrimeJobs.Test(97, 98))).OrderBy(row => row.Number));
    }

    [Fact]
    public async Task Run_BadInput_ThrowsWhereItIsAsked()
    {
        var cluster = await environment.LocalAsync();
        Assert.Contains("no such file", Assert.Throws<InputException>(() => Bam.Scan(_folder.PathOf("none.bam"))).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Throws<InputException>(() => PrimeJobs.Count(9, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("there is no number", Assert.Throws<InputException>(() => PrimeJobs.Test()).Message, StringComparison.Ordinal);
        Assert.Contains("windows and a BED file", Assert.Throws<InputException>(() => Bam.Depth(BamFile, new() { WindowLength = 10, BedFile = "x" })).Message, StringComparison.Ordinal);
        Assert.Contains("not a BAM file", Assert.Throws<InputException>(() => cluster.Run(Bam.Scan(_folder.Write("text.bam", "these are words")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FileThatWasCutOff_GivesWhatIsThereAndThenSaysSo()
    {
        var cluster = await environment.LocalAsync();
        var cut = _folder.PathOf("cut.bam");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(BamFile))[..^100_000]);
        var whole = (await cluster.Run(Bam.Scan(BamFile))).Sum(row => row.Reads);
        var run = cluster.Run(Bam.Scan(cut));
        var reads = 0L;
        var error = await Assert.ThrowsAsync<IncompleteAnswerException>(async () =>
        {
            await foreach (var row in run) reads += row.Reads;
        });
        Assert.InRange(reads, 1, whole - 1);
        Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
        Assert.Equal(run.Notes, error.Notes);
    }

    [Fact]
    public async Task Run_Cancelled_ThrowsAndTheJobEnds()
    {
        var cluster = await environment.LocalAsync();
        using var source = new CancellationTokenSource();
        var byToken = cluster.Run(PrimeJobs.Count(1, 1_000_000_000_000), cancellation: source.Token);
        var byMethod = cluster.Run(PrimeJobs.Count(1, 1_000_000_000_000));
        var answers = new[] { byToken.AsTask(), byMethod.AsTask() };
        await Poll.UntilAsync("they run", Bound, () => byToken.Progress.InFlight > 0 || byMethod.Progress.InFlight > 0);
        await source.CancelAsync();
        byMethod.Cancel();
        foreach (var answer in answers) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WaitAsync(Bound));
    }

    [Fact]
    public async Task Run_ReaderLeaves_TheJobEndsAndIsNotReadTwice()
    {
        var cluster = await environment.LocalAsync();
        var run = cluster.Run(PrimeJobs.List(1, 1_000_000_000));
        await foreach (var _ in run) break;
        Assert.Contains("once", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await run)).Message, StringComparison.Ordinal);
        Assert.Equal(4UL, await cluster.Run(PrimeJobs.Count(1, 10)).AsTask().WaitAsync(Bound));
    }

    [Fact]
    public async Task Run_SecondReaderWhileTheFirstReads_IsRefusedAndTheFirstGoesOn()
    {
        var cluster = await environment.LocalAsync();
        var run = cluster.Run(PrimeJobs.List(1, 1_000_000), new() { Ordered = true });
        var count = 0;
        await foreach (var _ in run)
        {
            if (++count == 10) Assert.Contains("once", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await run)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(78_498, count);
    }

    [Fact]
    public async Task Run_WithAJournal_GoesOnWhereItWasAndRunsNothingTwice()
    {
        var cluster = await environment.LocalAsync();
        var options = new JobOptions { JournalFolder = _folder.PathOf("journal"), Ordered = true };
        var first = new List<ulong>();
        await foreach (var prime in cluster.Run(PrimeJobs.List(1, 20_000_000), options))
        {
            first.Add(prime);
            if (first.Count == 100_000) break;
        }

        var all = await cluster.Run(PrimeJobs.List(1, 20_000_000), options);
        Assert.Equal(first, all.Take(first.Count));
        Assert.Equal(1_270_607, all.Count);
        // Complete now: read back.
        var replay = cluster.Run(PrimeJobs.List(1, 20_000_000), options);
        Assert.Equal(all, await replay);
        var other = await Assert.ThrowsAsync<JournalException>(async () => await cluster.Run(PrimeJobs.List(1, 30_000_000), options));
        Assert.Equal(JournalFault.OtherJob, other.Fault);
    }

    public void Dispose() => _folder.Dispose();
}
