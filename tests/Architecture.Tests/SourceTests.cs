using System.Text.RegularExpressions;

namespace ActorCompute.Architecture.Tests;

/// <summary>What the source files look like.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 400;

    [Fact]
    public void Files_Length_IsBelowFourHundredLines() =>
        Assert.All(Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.proto")), path => Assert.True(File.ReadLines(Path.Combine(Repository.Root, path)).Count() < MostLines, path));

    [Fact]
    public void Cli_Source_ReachesActorsOnlyThroughTheClient() =>
        Assert.All(Repository.Files("src/Cli", "*.cs"), path => Assert.DoesNotMatch(AkkaNamespace(), Repository.Read(path)));

    [Theory]
    [InlineData("src/Abstractions")]
    [InlineData("src/Kernels")]
    [InlineData("src/Kinds")]
    public void PureSource_NamesNoActor(string folder) =>
        Assert.All(Repository.Files(folder, "*.cs"), path => Assert.DoesNotMatch(AkkaNamespace(), Repository.Read(path)));

    /// <summary>Its decisions follow from what it is told alone, and are the same in a simulation: docs/simulation.md.</summary>
    [Fact]
    public void Scheduling_Source_HasNoClockThreadOrFileAndKnowsNoSimulation() =>
        Assert.All(Repository.Files("src/Scheduling", "*.cs").SelectMany(path => File.ReadLines(Path.Combine(Repository.Root, path)).Select(line => (path, line: Comment().Replace(line, "")))), code =>
            Assert.False(OutsideWorld().IsMatch(code.line), $"{code.path}: {code.line}"));

    [Fact]
    public void Source_Conditions_NoneOfTheCompiler() =>
        // The same source on every system: what differs is decided at run time.
        Assert.All(Repository.Files("src", "*.cs"), path => Assert.DoesNotMatch(CompilerCondition(), Repository.Read(path)));

    [Fact]
    public void Tests_All_AreSwitchedOn() =>
        // A test that needs something of its machine has an attribute of its own that says so; none is switched off for good.
        Assert.All(Repository.Files("tests", "*.cs"), path => Assert.DoesNotMatch(SwitchedOff(), Repository.Read(path)));

    [Fact]
    public void Documents_Links_LeadSomewhere() =>
        Assert.All(Repository.Files("", "*.md"), path =>
        {
            foreach (Match link in RelativeLink().Matches(Repository.Read(path)))
            {
                var target = Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, Uri.UnescapeDataString(link.Groups[1].Value));
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{path}: {link.Groups[1].Value}");
            }
        });

    [Fact]
    public void Documents_TestsThatTheyName_Exist() =>
        Assert.All(Repository.Files("docs", "*.md"), path =>
        {
            foreach (Match link in NamedTest().Matches(Repository.Read(path)))
            {
                var file = Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, link.Groups[2].Value);
                Assert.True(File.ReadAllText(file).Contains($" {link.Groups[1].Value}(", StringComparison.Ordinal), $"{path}: {link.Groups[1].Value} is not in {link.Groups[2].Value}");
            }
        });

    [Fact]
    public void Documents_TestsThatTheyNameByClass_Exist()
    {
        var tests = Repository.Files("tests", "*Tests.cs").ToLookup(path => Path.GetFileNameWithoutExtension(path), Repository.Read);
        Assert.All(Repository.Files("docs", "*.md").SelectMany(path => TestOfClass().Matches(Repository.Read(path))), test =>
            Assert.Contains(tests[test.Groups[1].Value], text => text.Contains($" {test.Groups[2].Value}(", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(TimeProvider|DateTime\w*|Stopwatch|Thread|Task\.(Run|Delay)|Timer|File|Directory|Console|Environment|Random|\w*[Ss]imulat\w*)\b(?<!RandomNumberGenerator)")]
    private static partial Regex OutsideWorld();

    [GeneratedRegex(@"\bAkka\.(?!NET\b)")]
    private static partial Regex AkkaNamespace();

    [GeneratedRegex(@"^\s*#if\b", RegexOptions.Multiline)]
    private static partial Regex CompilerCondition();

    [GeneratedRegex(@"\[\s*\w*(Fact|Theory|InlineData|MemberData)\b[^\]]*\bSkip\s*=")]
    private static partial Regex SwitchedOff();

    [GeneratedRegex(@"\[`(\w+)`\]\(([^)]*tests/[^)]+\.cs)\)")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex TestOfClass();

    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex RelativeLink();
}
