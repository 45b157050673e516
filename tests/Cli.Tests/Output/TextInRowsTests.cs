using System.Text.Json;
using ActorCompute.Cli.Output;

namespace ActorCompute.Cli.Tests.Output;

/// <summary>Text of users in each format: as it is where the format can hold it.</summary>
public sealed class TextInRowsTests
{
    private const string Odd = "tab\tline\r\nquote\" comma, \u2028 \u001b[31m";

    private static readonly ResultSchema Schema = new([new("input"), new("result")]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Json_TextWithTabsAndLines_IsReadBackAsItIs(bool asLines)
    {
        using var json = JsonDocument.Parse(Written(asLines ? OutputFormat.Jsonl : OutputFormat.Json));
        var row = !asLines ? json.RootElement.GetProperty("rows")[0] : json.RootElement;
        Assert.Equal(Odd, row.GetProperty("input").GetString());
        Assert.Equal(Odd, row.GetProperty("result").GetString());
    }

    [Fact]
    public void Tsv_TextWithTabsAndLines_StaysOneLineOfItsColumns()
    {
        var lines = Written(OutputFormat.Tsv).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(2, lines[1].Split('\t').Length);
    }

    [Fact]
    public void Csv_TextWithTabsAndLines_IsInQuotes() =>
        Assert.EndsWith($"\n\"{Odd.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"{Odd.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n", Written(OutputFormat.Csv), StringComparison.Ordinal);

    private static string Written(OutputFormat format)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var writer = AnswerWriters.Create(format, Schema, output, isTerminal: false);
        writer.Row(new([Odd, Odd], null));
        writer.End(new("echo", 1, 0, TimeSpan.Zero, IsComplete: true, []));
        return output.ToString();
    }
}
