using System.Globalization;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Tests;

/// <summary>What the kinds read and show is the same under every culture.</summary>
public sealed class CulturesTests : TestFolder
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Kinds_UnderACulture_AnswerAsUnderTheInvariantOne(string culture)
    {
        SyntheticBam.Write(PathOf("x.bam"), 2000, seed: 7);
        Assert.Equal(AnswersUnder(CultureInfo.InvariantCulture), AnswersUnder(CultureInfo.GetCultureInfo(culture)));
    }

    private List<string> AnswersUnder(CultureInfo culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return Answers();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private List<string> Answers() =>
    [
        .. Rows(BuiltInKinds.Scan, ("file", PathOf("x.bam")), ("min-mapq", "10")),
        .. Rows(BuiltInKinds.Flagstat, ("file", PathOf("x.bam"))),
        .. Rows(BuiltInKinds.Depth, ("file", PathOf("x.bam")), ("by", "3e7")),
        .. Rows(BuiltInKinds.PrimesCount, ("from", "1"), ("to", "1.5e4")),
        .. Rows(BuiltInKinds.PrimesTest, ("number", "1e3+9")),
    ];

    // What a table shows of a value by itself it shows in the invariant culture; what the kind made a text of is as it is.
    private static IEnumerable<string> Rows(IJobKind kind, params (string, string)[] parameters)
    {
        var answer = InProcess.Run(kind, parameters);
        Assert.NotEmpty(answer.Rows);
        return answer.Rows.Select(row => string.Join('\t', row.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))) + row.Line).Concat(answer.Notes.Select(note => note.Text));
    }
}
