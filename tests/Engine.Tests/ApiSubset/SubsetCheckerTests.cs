namespace ActorCompute.Engine.Tests.ApiSubset;

/// <summary>The test of the test: each kind of deviation has to be found.</summary>
public sealed class SubsetCheckerTests
{
    private const string Name = "ActorCompute.Engine.Tests.ApiSubset.SubsetCheckerTests+Widget";

    // As Akka.NET would have it; the engine's Widget below is a proper subset of this.
    private static readonly string[] List =
    [
        $"class {Name} [Akka] ~ System.IDisposable",
        "  public .ctor()",
        "  public System.Int32 Size { get; }",
        "  public System.Void Dispose()",
        "  public System.Void Grow(System.Int32 by = 1)",
        "  public System.Void Grow(System.String text)",
        "  public System.Void Unused()",
    ];

    [Fact]
    public void Check_ProperSubset_FindsNothing() => Assert.Empty(Check(List));

    [Fact]
    public void Check_TypeTheListLacks_IsFound() =>
        Assert.Contains("no such visible type", Assert.Single(Check([])));

    [Fact]
    public void Check_MemberTheListLacks_IsFound() =>
        Assert.Contains("lacks 'public System.Int32 Size { get; }'", Assert.Single(Check(Without("Size"))));

    [Fact]
    public void Check_HalfAGroup_IsFound() =>
        Assert.Contains("not whole without 'public System.Void Grow(System.Double amount)'",
            Assert.Single(Check([.. List, "  public System.Void Grow(System.Double amount)"])));

    [Fact]
    public void Check_AddedInterface_IsFound() =>
        Assert.Contains("implements System.IDisposable", Assert.Single(Check([List[0].Split(" ~")[0], .. List[1..]])));

    [Fact]
    public void Check_MissingInterface_IsFound() =>
        Assert.Contains("does not implement System.ICloneable", Assert.Single(Check([List[0] + ", System.ICloneable", .. List[1..]])));

    [Fact]
    public void Check_OtherDefaultValue_IsFound() =>
        Assert.Contains(Check(Replaced("by = 1", "by = 2")), wrong => wrong.Contains("lacks 'public System.Void Grow(System.Int32 by = 1)'", StringComparison.Ordinal));

    [Fact]
    public void Check_OtherBase_IsFound() =>
        Assert.Contains("in Akka.NET from 'System.Exception'", Assert.Single(Check(Replaced("[Akka] ~", "[Akka] : System.Exception ~"))));

    [Fact]
    public void Check_OtherModifier_IsFound() =>
        Assert.Contains("in Akka.NET 'class sealed'", Assert.Single(Check(Replaced("class Actor", "class sealed Actor"))));

    [Fact]
    public void Check_AbstractMemberOfADerivableType_IsFound() =>
        Assert.Contains("who derives from it has to see", Assert.Single(Check([.. List, "  public abstract System.Void Shrink()"])));

    [Fact]
    public void Check_MissingOverloadWithAMissingType_CanBeExcused()
    {
        const string line = "public System.Void Grow(Akka.Actor.Unknown unknown)";

        Assert.Empty(Check([.. List, "  " + line], $"{Name}: {line}"));
    }

    [Fact]
    public void Check_ExcuseForAMemberTheEngineCouldHave_IsFound()
    {
        const string line = "public System.Void Grow(System.Double amount)";

        Assert.Contains("can have the member too", Assert.Single(Check([.. List, "  " + line], $"{Name}: {line}")));
    }

    [Fact]
    public void Check_ExcuseForNothing_IsFound() =>
        Assert.Contains("excuses nothing", Assert.Single(Check(List, $"{Name}: public System.Void Gone()")));

    [Fact]
    public void Parse_ExcuseWithoutReason_Throws() =>
        Assert.Throws<FormatException>(() => ExcusedLines.Parse(["# a reason", "Type: line", "", "Type: another"]));

    [Fact]
    public void Check_RealEngineAgainstAListThatLostALine_IsFound()
    {
        var list = ApiSubsetTests.TheList.Value.ToDictionary();
        var done = list["Akka.Done"];
        list["Akka.Done"] = done with { Members = [] };

        Assert.Contains("Akka.NET lacks", Assert.Single(new SubsetChecker(list, []).Check([ApiReader.Read(typeof(Akka.Done))])));
    }

    private static IReadOnlyList<string> Check(string[] list, params string[] excused) =>
        new SubsetChecker(ApiList.Parse(list), excused).Check([ApiReader.Read(typeof(Widget))]);

    private static string[] Without(string name) => [.. List.Where(line => !line.Contains(name, StringComparison.Ordinal))];

    private static string[] Replaced(string text, string by) => [.. List.Select(line => line.Replace(text, by, StringComparison.Ordinal))];

    public class Widget : IDisposable
    {
        public int Size => 0;

        public void Grow(int by = 1)
        {
        }

        public void Grow(string text)
        {
        }

        public void Dispose() => GC.SuppressFinalize(this);
    }
}
