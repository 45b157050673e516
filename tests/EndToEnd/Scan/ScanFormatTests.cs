using System.Globalization;
using System.Text.Json;

namespace ActorCompute.EndToEnd.Scan;

/// <summary>The same answer in every format.</summary>
[Collection(Lane.Commands)]
public class ScanFormatTests(ProcessEnvironment environment)
{
    [Theory]
    [InlineData("--format", "tsv")]
    [InlineData] // where standard output is no terminal
    public async Task Tsv_HeaderAndALineForEachRow(params string[] format)
    {
        var result = await ScanAsync(format);
        Assert.Equal("reference\tlength\treads\tseconds\tworker", result.Output[0]);
        var chr1 = Assert.Single(result.Rows, row => row["reference"] == "chr1");
        Assert.Equal("9958256", chr1["length"]);
        Assert.Equal(environment.Counts.References[0].Total.ToString(CultureInfo.InvariantCulture), chr1["reads"]);
        Assert.InRange(double.Parse(chr1["seconds"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), 0.000001, 60);
        Assert.All(result.Rows, row => AssertWorkers(row["worker"]));
        Assert.Equal(26, result.Rows.Count);
    }

    [Fact]
    public async Task Json_OneObjectWithRowsCountsAndWhereTheyRan()
    {
        var answer = JsonAnswer.Parse(await ScanAsync("--format", "json"));
        Assert.Equal("scan", answer.Root.GetProperty("kind").GetString());
        // Tasks: a large reference is counted in parts.
        Assert.InRange(answer.Root.GetProperty("done").GetInt64(), 26, 100);
        Assert.Equal(0, answer.Root.GetProperty("failed").GetInt64());
        Assert.True(answer.Root.GetProperty("complete").GetBoolean());
        Assert.Empty(answer.Root.GetProperty("notes").EnumerateArray());
        Assert.True(answer.Root.GetProperty("seconds").GetDouble() > 0);
        AssertRows(answer.Rows);
    }

    [Fact]
    public async Task JsonLines_AnObjectALine() => AssertRows([.. (await ScanAsync("--format", "jsonl")).Output.Select(JsonAnswer.ParseText)]);

    [Fact]
    public async Task Table_ColumnsRowsAndTotal()
    {
        var lines = (await ScanAsync("--format", "table")).Output;
        Assert.Contains(lines, line => Cells(line) is ["reference", "length", "reads", "seconds", "worker"]);
        Assert.Contains(lines, line => Cells(line) is ["chr1", "9,958,256", var reads, _, _] && reads == environment.Counts.References[0].Total.ToString("N0", CultureInfo.InvariantCulture));
        Assert.Contains(lines, line => Cells(line) is ["total", .., var reads, "", ""] && reads == environment.Counts.Total.ToString("N0", CultureInfo.InvariantCulture));

        static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
    }

    private void AssertRows(IReadOnlyList<JsonElement> rows)
    {
        Assert.Equal(26, rows.Count);
        Assert.Equal(environment.Counts.Total, rows.Sum(row => row.GetProperty("reads").GetInt64()));
        Assert.All(rows, row =>
        {
            Assert.Equal(Environment.MachineName, row.GetProperty("host").GetString());
            Assert.Equal(1, row.GetProperty("attempt").GetInt32());
            Assert.True(row.GetProperty("pid").GetInt32() > 1);
            Assert.True(row.GetProperty("seconds").GetDouble() >= 0);
            AssertWorkers(row.GetProperty("worker").GetString()!);
        });
    }

    /// <summary>One, or several that counted parts.</summary>
    private static void AssertWorkers(string workers) => Assert.Subset(new HashSet<string> { "w1", "w2" }, workers.Split('+').ToHashSet());

    private async Task<ProgramResult> ScanAsync(params string[] options)
    {
        var (_, cluster) = (environment.Counts, await environment.ClusterAsync());
        return (await cluster.RunAsync(["scan", environment.BamFile, .. options])).AssertClean();
    }
}
