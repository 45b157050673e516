namespace ActorCompute.Architecture.Tests;

/// <summary>Folders are rooms: what is in one may use what is in another, and not the other way round as well.</summary>
public sealed class FolderTests
{
    /// <summary>The folders of src/Kernels/Genomics, from the bytes up: each uses only those before it. A new place in this list is a decision.</summary>
    private static readonly string[] Genomics = ["", "Inflate", "Bgzf", "Bam", "Indexing", "Regions", "Scanning", "Flagstat", "Depth", "Synthetic"];

    [Theory]
    [InlineData("Cli")]
    [InlineData("Kernels")]
    [InlineData("Kinds")]
    [InlineData("Messages")]
    [InlineData("Plugins")]
    [InlineData("Registry")]
    [InlineData("Seed")]
    public void Folders_OfAProject_UseEachOtherInNoCircle(string project)
    {
        var graph = FolderGraph.Of("src/" + project);
        Assert.NotEmpty(graph.Folders);
        // All of it: the end of a circle is what there is to mend.
        Assert.True(graph.Circles().Count == 0, string.Join(Environment.NewLine, graph.Circles()));
    }

    [Fact]
    public void Folders_OfGenomics_UseOnlyThoseBelowThem()
    {
        var graph = FolderGraph.Of("src/Kernels/Genomics");
        Assert.Equal(Genomics.Order(StringComparer.Ordinal), graph.Folders);
        Assert.All(Genomics.Index(), folder => Assert.All(graph.UsesOf(folder.Item), use =>
            Assert.True(Array.IndexOf(Genomics, use.Key) < folder.Index, $"{folder.Item} uses {string.Join(", ", use.Value)} of {use.Key}")));
    }

    [Fact]
    public void Graph_TypesThatAreNamed_AreUses()
    {
        var graph = FolderGraph.Of([
            ("A", "One.cs", "using Z;\nnamespace N;\ninternal sealed class One\n{\n    private Two? _two = new Three(\"Five\");\n    string Text => $\"{Six.Name}\";\n}\n"),
            ("B", "Two.cs", "public class Two;\npublic record struct Three(int X);\npublic interface IFour;\npublic enum Five\n{\n}\ninternal delegate void Seven(One one);\n"),
            ("", "Six.cs", "// One, Two\ninternal static class Six\n{\n    /* Two */\n    public class Nested;\n}\n"),
        ]);

        Assert.Equal(["", "B"], graph.UsesOf("A").Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["Three in One.cs", "Two in One.cs"], graph.UsesOf("A")["B"]);
        Assert.Empty(graph.UsesOf(""));
        Assert.Equal("A, B: A -> B (Three in One.cs, Two in One.cs); B -> A (One in Two.cs)", Assert.Single(graph.Circles()));
    }

    [Theory]
    [InlineData("long Two => 1;")]
    [InlineData("List<int> Two() => [];")]
    [InlineData("int? Two { get; }")]
    [InlineData("int[] Two { get; }")]
    [InlineData("object X(dynamic y) => y.Two;")]
    [InlineData("bool X(object y) => y is { Two: 1 };")]
    [InlineData("object X() => new One { Two = 1 };")]
    [InlineData("string X => \"Two\";")]
    [InlineData("char X => '\"'; // Two")]
    [InlineData("string X => \"\"\"\n    \"Two\"\n    \"\"\";")]
    public void Graph_MembersWithATypesName_AreNoUses(string member)
    {
        var graph = FolderGraph.Of([("A", "One.cs", $"class One\n{{\n    public {member}\n}}\n"), ("B", "Two.cs", "class Two;\n")]);
        Assert.Empty(graph.UsesOf("A"));
    }

    [Theory]
    [InlineData("Two Two => new();")]
    [InlineData("Two? X { get; }")]
    [InlineData("List<Two> X => [];")]
    [InlineData("bool X(int y) => y > Two.Limit;")]
    [InlineData("object X => Two.Limit;")]
    [InlineData("object X => y ? Two.A : 1;")]
    [InlineData("object X(object y) => y is Two z ? z : default(Two);")]
    [InlineData("char X => '\"'; Two Y;")]
    [InlineData("string X => \"\\\"\"; Two Y;")]
    [InlineData("string X => $\"{Two.Limit}\";")]
    public void Graph_TypesBesideSuchMembers_AreUses(string member)
    {
        var graph = FolderGraph.Of([("A", "One.cs", $"class One\n{{\n    public {member}\n}}\n"), ("B", "Two.cs", "class Two;\n")]);
        Assert.Equal(["B"], graph.UsesOf("A").Keys);
    }

    [Fact]
    public void Circles_ByWayOfAThird_AreFoundOnce()
    {
        var graph = FolderGraph.Of([("A", "1.cs", "class One : Two;\n"), ("B", "2.cs", "class Two : Three;\n"), ("C", "3.cs", "class Three : One, Four;\n"), ("D", "4.cs", "class Four;\n")]);
        Assert.StartsWith("A, B, C: A -> B (Two in 1.cs);", Assert.Single(graph.Circles()), StringComparison.Ordinal);
    }
}
