namespace ActorCompute.Abstractions.Tests.Codecs.Values;

/// <summary>Every type of the table at every place that a value can stand in.</summary>
public sealed class TypeTableTests
{
    private static readonly Dictionary<string, TypeCase> Cases = TypeTable.Exact.Concat(TypeTable.Refused).ToDictionary(row => row.What);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Argument_ArrivesAsSentOrIsRefused(string type) => Cases[type].AsArgument();

    [Theory]
    [MemberData(nameof(Names))]
    public void Result_ArrivesAsSentOrIsRefused(string type) => Cases[type].AsResult();

    [Theory]
    [MemberData(nameof(Names))]
    public void RecordMember_ArrivesAsSentOrIsRefused(string type) => Cases[type].AsMember();

    [Theory]
    [MemberData(nameof(Names))]
    public void ListElement_ArrivesAsSentOrIsRefused(string type) => Cases[type].AsElement();

    [Theory]
    [MemberData(nameof(Names))]
    public void DictionaryKey_ArrivesAsSentOrIsRefused(string type) => Cases[type].AsKey();

    [Theory]
    [MemberData(nameof(Names))]
    public void DictionaryValue_ArrivesAsSentOrIsRefused(string type) => Cases[type].AsValue();

    [Fact]
    public void Table_Rows_AreSixtyAtLeast() => Assert.True(Cases.Count >= 60, $"{Cases.Count}");

    /// <summary>What is written of the types is what is tested: on a difference, the message is what the page should have.</summary>
    [Fact]
    public void Document_Table_HasTheseRows()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "values.md"));
        var missing = TypeTable.Exact.Concat(TypeTable.Refused).Select(row => row.Row).Where(row => !page.Contains(row + "\n", StringComparison.Ordinal)).ToList();
        Assert.True(missing.Count == 0, "not in docs/values.md:\n" + string.Join('\n', missing));
        // Nothing else either: a row that is gone here must go there.
        Assert.Equal(Cases.Count, page.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && (line.EndsWith("| exact |", StringComparison.Ordinal) || line.Contains("| refused: ", StringComparison.Ordinal))));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorCompute.sln"))) folder = folder.Parent ?? throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds ActorCompute.sln.");
        return folder.FullName;
    }
}
