using ActorCompute.Kernels.Genomics;

namespace ActorCompute.EndToEnd.Scan;

/// <summary>Files that are not what they should be: what can be counted is, the rest is named with file and reason.</summary>
[Collection(Lane.Commands)]
public sealed class BadBamTests(ProcessEnvironment environment) : IDisposable
{
    private const int Reads = 20_000;
    private const int EndOfFileBlock = 28;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scan_EndOfFileBlockIsMissing_AllCountsAndAWarning()
    {
        var (path, bytes, counts) = MakeBam();
        File.WriteAllBytes(path, bytes[..^EndOfFileBlock]);
        KeepIndexNewer(path);
        var result = (await (await environment.ClusterAsync()).RunAsync("scan", path)).AssertExit(1);
        Assert.Equal(counts.Total, Total(result));
        Assert.Contains(result.Error, line => line.StartsWith($"warning: {path}: has no end-of-file block", StringComparison.Ordinal));
        Assert.All(result.Error, line => Assert.StartsWith("warning: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scan_CutOffInTheMiddle_CountsOfWhatIsThereAndWhatIsMissingIsNamed()
    {
        var (path, bytes, counts) = MakeBam();
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        KeepIndexNewer(path);
        var result = (await (await environment.ClusterAsync()).RunAsync("scan", path)).AssertExit(1);
        var rows = result.Rows.ToDictionary(row => row["reference"], row => long.Parse(row["reads"]));
        Assert.Equal(counts.References[0].Total, rows["chr1"]);
        Assert.InRange(rows.Values.Sum(), counts.Total / 3, counts.Total - 1);
        Assert.Contains(result.Error, line => line.StartsWith($"warning: {path}: has no end-of-file block", StringComparison.Ordinal));
        AssertEachReferenceIsShownOrNamed(result, counts);
    }

    [Fact]
    public async Task Scan_CutOffWithoutIndex_CountsOfWhatIsThereAndAWarning()
    {
        var (path, bytes, counts) = MakeBam();
        File.Delete(path + ".bai");
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        var result = (await (await environment.ClusterAsync()).RunAsync("scan", path)).AssertExit(1);
        Assert.Equal(counts.References[0].Total, long.Parse(result.Rows[0]["reads"]));
        Assert.InRange(Total(result), counts.Total / 3, counts.Total - 1);
        Assert.Contains(result.Error, line => line.StartsWith($"warning: {path}: has no end-of-file block", StringComparison.Ordinal));
        Assert.Contains(result.Error, line => line.Contains("the file ends too early", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scan_CorruptBlock_ItsReferenceFailsWithTheOffsetAndTheOthersAreCounted()
    {
        var (path, bytes, counts) = MakeBam();
        var middle = bytes.Length / 2;
        bytes.AsSpan(middle, 8).Fill(0xFF);
        File.WriteAllBytes(path, bytes);
        KeepIndexNewer(path);
        var result = (await (await environment.ClusterAsync()).RunAsync("scan", path)).AssertExit(1);
        AssertEachReferenceIsShownOrNamed(result, counts);
        // A block can lie across the border of two references; most of the file is in neither.
        var failures = result.Error.Where(line => line.StartsWith("error: ", StringComparison.Ordinal)).ToList();
        Assert.InRange(failures.Count, 1, 2);
        Assert.All(failures, line => Assert.Matches($"was not counted: .*{System.Text.RegularExpressions.Regex.Escape(path)}: .*file offset [0-9]+", line));
        var offset = long.Parse(System.Text.RegularExpressions.Regex.Match(failures[0], "file offset ([0-9]+)").Groups[1].Value);
        Assert.InRange(offset, middle - 65536, middle);
    }

    [Fact]
    public async Task Scan_NoIndex_WholeFileWithANote()
    {
        var (path, _, counts) = MakeBam();
        File.Delete(path + ".bai");
        var result = (await (await environment.ClusterAsync()).RunAsync("scan", path)).AssertExit(0);
        result.AssertSays("warning: ", path, "has no index");
        Assert.Equal(counts.Header.Select(reference => reference.Name).Append("*"), result.Rows.Select(row => row["reference"]));
        Assert.Equal(counts.References.Select(count => count.Total).Append(counts.Unplaced.Total), result.Rows.Select(row => long.Parse(row["reads"])));
    }

    [Fact]
    public async Task Scan_IndexIsOlderThanTheFile_CountsAndAWarning()
    {
        var (path, _, counts) = MakeBam();
        File.SetLastWriteTimeUtc(path + ".bai", File.GetLastWriteTimeUtc(path).AddHours(-1));
        var result = (await (await environment.ClusterAsync()).RunAsync("scan", path)).AssertExit(0);
        result.AssertSays("warning: ", path + ".bai", "older");
        Assert.Equal(counts.Total, Total(result));
    }

    [Fact]
    public async Task Scan_IndexHasOtherReferences_AllIsCountedAndTheIndexIsBlamed()
    {
        var (path, _, counts) = MakeBam();
        // "BAI\1" and a count of 2 references without bins or windows.
        _folder.Write("sample.bam.bai", [.. "BAI\x01"u8, 2, 0, 0, 0, .. new byte[16]]);
        await AssertCountedWithoutIndexAsync(path, counts, "2 references");
        (await CommandLineProgram.RunAsync("scan", path, "-r", "chr1")).AssertRefused(2, path + ".bai", "2 references");
        (await CommandLineProgram.RunAsync("depth", path)).AssertRefused(2, path + ".bai", "2 references");
        (await CommandLineProgram.RunAsync("scan", path, "--index", path + ".bai")).AssertRefused(2, path + ".bai", "2 references");
    }

    [Fact]
    public async Task Scan_IndexOfALongerFile_AllIsCountedAndTheIndexIsBlamed()
    {
        var (path, _, counts) = MakeBam();
        var longer = _folder.PathOf("longer.bam");
        SyntheticBam.Write(longer, 10 * Reads);
        File.Copy(longer + ".bai", path + ".bai", overwrite: true);
        await AssertCountedWithoutIndexAsync(path, counts, "not the index of");
    }

    /// <summary>Same references, same length or shorter: only where it points to tells that it is another file's.</summary>
    [Fact]
    public async Task Scan_IndexOfAShorterFile_NoWrongCountInSilence()
    {
        var (path, _, counts) = MakeBam();
        var shorter = _folder.PathOf("shorter.bam");
        SyntheticBam.Write(shorter, Reads / 4, seed: 3);
        File.Copy(shorter + ".bai", path + ".bai", overwrite: true);
        KeepIndexNewer(path);
        await AssertCountedWithoutIndexAsync(path, counts, "not the index of");
    }

    [Fact]
    public async Task Scan_IndexIsNone_AllIsCountedAndTheIndexIsBlamed()
    {
        var (path, _, counts) = MakeBam();
        _folder.Write("sample.bam.bai", "not an index");
        await AssertCountedWithoutIndexAsync(path, counts, "neither a BAI nor a CSI");
        var alone = (await (await environment.ClusterAsync()).RunAsync("scan", path, "--no-index")).AssertClean();
        Assert.Equal(counts.Total, Total(alone));
    }

    [UnixFact]
    public async Task Scan_IndexIsALinkToNowhere_AllIsCountedAndTheLinkIsNamed()
    {
        var (path, _, counts) = MakeBam();
        File.Delete(path + ".bai");
        File.CreateSymbolicLink(path + ".bai", _folder.PathOf("moved.bai"));
        await AssertCountedWithoutIndexAsync(path, counts, "is a link to a file that is not there");
    }

    [Fact]
    public async Task Scan_IndexElsewhere_IsUsedWhenItIsNamed()
    {
        var (path, _, counts) = MakeBam();
        var index = _folder.PathOf("elsewhere.bai");
        File.Move(path + ".bai", index);
        var cluster = await environment.ClusterAsync();
        foreach (var arguments in new string[][] { ["scan", path, "--index", index], ["scan", $"{path}##idx##{index}"], ["scan", path, "--from-index", "--index", index] })
            Assert.Equal(counts.Total, Total((await (arguments.Contains("--from-index") ? CommandLineProgram.RunAsync(arguments) : cluster.RunAsync(arguments))).AssertClean()));
        Assert.Equal(25, (await cluster.RunAsync("depth", path, "--index", index)).AssertClean().Rows.Count);
        (await CommandLineProgram.RunAsync("scan", path, "--index", index, "--no-index")).AssertRefused(2, "leave one of them out");
    }

    private async Task AssertCountedWithoutIndexAsync(string path, SyntheticBamCounts counts, string reason)
    {
        var result = (await (await environment.ClusterAsync()).RunAsync("scan", path)).AssertExit(0);
        Assert.Equal(counts.Total, Total(result));
        result.AssertSays($"warning: {path}.bai: ", reason);
        result.AssertSays($"warning: {path}: ", "no index that can be used");
    }

    // Whatever is shown is right, and whatever is not is named on standard error: nothing is wrong or missing in silence.
    private static void AssertEachReferenceIsShownOrNamed(ProgramResult result, SyntheticBamCounts counts)
    {
        var rows = result.Rows.ToDictionary(row => row["reference"], row => long.Parse(row["reads"]));
        foreach (var (name, total) in counts.Header.Select(reference => (reference.Name, counts.References[reference.Id].Total)).Append(("*", counts.Unplaced.Total)))
        {
            var isNamed = result.Error.Any(line => line.Contains($": {name} was not counted: ", StringComparison.Ordinal) || line.Contains($": {name}: ", StringComparison.Ordinal));
            if (rows.TryGetValue(name, out var shown)) Assert.True(shown == total || (isNamed && shown < total), $"{name}: {shown} reads, not {total}. {result}");
            else Assert.True(isNamed, $"{name} is missing without a word. {result}");
        }
    }

    private static long Total(ProgramResult result) => result.Rows.Sum(row => long.Parse(row["reads"]));

    private static void KeepIndexNewer(string path) => File.SetLastWriteTimeUtc(path + ".bai", File.GetLastWriteTimeUtc(path).AddSeconds(1));

    private (string Path, byte[] Bytes, SyntheticBamCounts Counts) MakeBam()
    {
        var path = _folder.PathOf("sample.bam");
        var counts = SyntheticBam.Write(path, Reads);
        return (path, File.ReadAllBytes(path), counts);
    }
}
