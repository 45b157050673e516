using System.Collections.Concurrent;
using System.Globalization;

namespace ActorCompute.EndToEnd.Scan;

/// <summary>Real files against what samtools counts on them.</summary>
[Collection(Lane.Commands)]
public class RealBamTests(ProcessEnvironment environment)
{
    // Most of a command's time on a small file is waiting for processes: a few at once take hardly longer than one.
    private const int AtOnce = 3;

    private const string RegionPrefix = "region:";

    [RealBamFact]
    public async Task Scan_EveryFile_CountsAsSamtools()
    {
        var cluster = await environment.ClusterAsync();
        var expected = File.ReadLines(Path.Combine(ProgramFolder.RealBamFiles!, "expected.tsv")).Skip(1).Select(line => line.Split('\t')).ToLookup(fields => fields[0], fields => (What: fields[1], Count: Number(fields[2])));
        Assert.NotEmpty(expected);
        var seen = new ConcurrentDictionary<(string File, string What), long>();

        await Parallel.ForEachAsync(expected.SelectMany(file => RunsOf(file.Key, [.. file.Select(entry => entry.What)])), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (run, _) =>
        {
            foreach (var (what, count) in run.Read(await cluster.RunAsync(run.Arguments))) seen[(run.File, what)] = count;
        });

        foreach (var file in expected)
        {
            foreach (var (what, count) in file) Assert.True(seen.GetValueOrDefault((file.Key, what), -1) == count, $"{file.Key}, {what}: {seen.GetValueOrDefault((file.Key, what), -1)}, samtools counts {count}");
        }
    }

    [RealBamFact]
    public async Task Scan_BrokenHeader_OneLineNamesTheFile()
    {
        var path = PathOf("bad_badheader.bam");
        (await CommandLineProgram.RunAsync("scan", path)).AssertRefused(2, path, "offset");
    }

    /// <summary>Four starts of the command cover what is known of a file: as it is, with each of two filters, and all regions at once.</summary>
    private static IEnumerable<Run> RunsOf(string file, IReadOnlyList<string> known)
    {
        var path = PathOf(file);
        var status = file == "bad_badeof.bam" ? 1 : 0;
        yield return new(file, ["scan", path], result =>
        {
            var rows = RowsOf(result, status);
            return rows.Where(row => row.Key != "*").Select(row => ($"ref:{row.Key}", row.Value)).Append(("unplaced", rows["*"])).Append(("total", rows.Values.Sum()));
        });
        yield return new(file, ["scan", path, "-F", "0x904"], result => [("F0x904", RowsOf(result, status).Values.Sum())]);
        yield return new(file, ["scan", path, "-q", "30"], result => [("q30", RowsOf(result, status).Values.Sum())]);
        var regions = known.Where(what => what.StartsWith(RegionPrefix, StringComparison.Ordinal)).Select(what => what[RegionPrefix.Length..]).ToList();
        if (regions.Count == 0) yield break;
        yield return new(file, ["scan", path, .. regions.SelectMany(region => new[] { "-r", region })], result => RowsOf(result, status).Select(row => (RegionPrefix + row.Key, row.Value)));
    }

    private static Dictionary<string, long> RowsOf(ProgramResult result, int status)
    {
        result.AssertExit(status);
        return result.Rows.ToDictionary(row => row["reference"], row => Number(row["reads"]));
    }

    private static string PathOf(string file) => Path.Combine(ProgramFolder.RealBamFiles!, file);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Run(string File, string[] Arguments, Func<ProgramResult, IEnumerable<(string What, long Count)>> Read);
}
