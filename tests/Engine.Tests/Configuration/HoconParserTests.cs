using Akka.Configuration;

namespace ActorCompute.Engine.Tests.Configuration;

public sealed class HoconParserTests
{
    [Theory]
    [InlineData("a = 1", "a", "1")]
    [InlineData("a : 1", "a", "1")]
    [InlineData("a.b.c = x", "a.b.c", "x")]
    [InlineData("a { b { c = x } }", "a.b.c", "x")]
    [InlineData("a : { b = 1, c = 2 }", "a.c", "2")]
    [InlineData("{ a = 1 }", "a", "1")]
    [InlineData("a = hello world ", "a", "hello world")]
    [InlineData("a = \"hello # no comment\" # comment", "a", "hello # no comment")]
    [InlineData("a = x // comment", "a", "x")]
    [InlineData("// first\n# second\na = x", "a", "x")]
    [InlineData("a = \"tab\\tquote\\\" \\u0041\"", "a", "tab\tquote\" A")]
    [InlineData("a = \"\"\"raw \"text\" \\n\"\"\"", "a", "raw \"text\" \\n")]
    [InlineData("a = \"\"\"quote at the end\"\"\"\"", "a", "quote at the end\"")]
    [InlineData("\"x.y\" = 1", "\"x.y\"", "1")]
    [InlineData("a.\"x.y\".b = 1", "a.\"x.y\".b", "1")]
    [InlineData("a = 1\na = 2", "a", "2")]
    [InlineData("a { b = 1 }\na { c = 2 }", "a.b", "1")]
    [InlineData("a { b = 1 }\na.b = 2", "a.b", "2")]
    [InlineData("a = \"x\" y \"z\"", "a", "x y z")]
    [InlineData("a=1,b=2,", "b", "2")]
    [InlineData("a = akka.tcp", "a", "akka.tcp")]
    [InlineData("path = /tmp/x-1", "path", "/tmp/x-1")]
    [InlineData("\uFEFFa = 1", "a", "1")]
    [InlineData("a =\n  1", "a", "1")]
    [InlineData("a = \"\"", "a", "")]
    public void Parse_AValue_GivesIt(string hocon, string path, string expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString(path));

    [Theory]
    [InlineData("x = 1\na = ${x}", "1")]
    [InlineData("a = ${x}\nx = 1", "1")]
    [InlineData("x { y = 2 }\na = ${x.y}", "2")]
    [InlineData("x = 1\na = before ${x} after", "before 1 after")]
    [InlineData("a = ${?missing}", null)]
    [InlineData("a = 1\na = ${?missing}", "1")]
    [InlineData("a = x${?missing}y", "xy")]
    [InlineData("a = ${b}\nb = ${c}\nc = 3", "3")]
    public void Parse_ASubstitution_ReplacesIt(string hocon, string expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString("a"));

    [Fact]
    public void Parse_SubstitutionOfAnObject_Merges()
    {
        var config = ConfigurationFactory.ParseString("""
            base { x = 1, y = 2 }
            derived = ${base} { y = 3, z = 4 }
            over = ${base}
            over { x = 9 }
            """);

        Assert.Equal([1, 3, 4], new[] { "x", "y", "z" }.Select(key => config.GetInt("derived." + key)));
        Assert.Equal([9, 2], new[] { "x", "y" }.Select(key => config.GetInt("over." + key)));
        Assert.Equal(1, config.GetInt("base.x"));
    }

    [Theory]
    [InlineData("a = [1, 2, 3]")]
    [InlineData("a = [1\n2\n3]")]
    [InlineData("a = [\n  1,\n  2, # two\n  3,\n]")]
    [InlineData("x = [2, 3]\na = [1] ${x}")]
    [InlineData("one = 1\na = [${one}, 2, 3]")]
    public void Parse_AnArray_GivesItsItems(string hocon) =>
        Assert.Equal(["1", "2", "3"], ConfigurationFactory.ParseString(hocon).GetStringList("a"));

    [Theory]
    [InlineData("a = 1\nb {\n c = 2\n", 2, "never closed")]
    [InlineData("a = 1\nb = [1, 2", 2, "never closed")]
    [InlineData("a = \"open\nb = 1", 1, "closing quote")]
    [InlineData("a = \"\"\"open\n\n", 1, "closing \"\"\"")]
    [InlineData("\n\na", 3, "no value")]
    [InlineData("a = ", 1, "value is missing")]
    [InlineData("a = 1 }", 1, "found '}'")]
    [InlineData("a = \"x\\q\"", 1, "no escape")]
    [InlineData("a = ${x}", 1, "names nothing")]
    [InlineData("a = 1\nb = ${c}\nc = ${b}", 2, "itself")]
    [InlineData("a = ${x", 1, "never closed")]
    [InlineData("include \"other.conf\"", 1, "include")]
    [InlineData("a = 1\nlist += 2", 2, "+=")]
    [InlineData("a = [1 }", 1, "found '}'")]
    [InlineData("a = x\n= 2", 2, "expected a key")]
    [InlineData("x { y = 1 }\na = text ${x}", 2, "concatenated")]
    public void Parse_SomethingWrong_SaysWhatAndWhere(string hocon, int line, string problem)
    {
        var failure = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));

        Assert.Contains($"line {line}:", failure.Message);
        Assert.Contains(problem, failure.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("a={")]
    [InlineData("a=[")]
    [InlineData("a.")]
    [InlineData("${")]
    [InlineData("\"")]
    public void Parse_HostileNesting_IsAnErrorNotACrash(string part) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(string.Concat(Enumerable.Repeat(part, 100_000))));

    [Fact]
    public void Parse_DoublingSubstitutions_AreRefused()
    {
        var hocon = "v0 = xxxxxxxxxx\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"v{i} = ${{v{i - 1}}}${{v{i - 1}}}\n"));

        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));
    }

    [Fact]
    public void Parse_AnyPrefixOfADocument_IsValueOrConfigurationException()
    {
        const string document = "a { b = [1, \"x\", ${c}] } # c\nc = \"\"\"t\"\"\", d : ${?e}\n\"k.k\" = 1s";

        for (var length = 0; length <= document.Length; length++)
        {
            try
            {
                ConfigurationFactory.ParseString(document[..length]);
            }
            catch (ConfigurationException)
            {
                // Expected of most prefixes; any other exception fails the test.
            }
        }
    }

    [Fact]
    public void Print_OfAConfig_ParsesBackToTheSame()
    {
        var config = ConfigurationFactory.ParseString("""
            a { b = "quoted \"text\"", c = [1, "two words", { x = 1 }] }
            "dotted.key" = null-like
            d = 5 s
            """);

        var again = ConfigurationFactory.ParseString(config.ToString());

        Assert.Equal(config.ToString(), again.ToString());
        Assert.Equal("quoted \"text\"", again.GetString("a.b"));
        Assert.Equal("null-like", again.GetString("\"dotted.key\""));
    }
}
