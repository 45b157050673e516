using Akka.Configuration;

namespace ActorCompute.Engine.Tests.Configuration;

public sealed class ConfigTests
{
    [Theory]
    [InlineData("200ms", 200)]
    [InlineData("5 s", 5_000)]
    [InlineData("1.5 s", 1_500)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("250", 250)]
    [InlineData("0s", 0)]
    public void GetTimeSpan_OfADuration_IsThatLong(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse($"a = {text}").GetTimeSpan("a"));

    [Fact]
    public void GetTimeSpan_OfInfinite_DependsOnWhetherItIsAllowed()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Parse("a = infinite").GetTimeSpan("a"));
        Assert.Throws<ConfigurationException>(() => Parse("a = infinite").GetTimeSpan("a", null, allowInfinite: false));
    }

    [Theory]
    [InlineData("128000b", 128_000)]
    [InlineData("256kB", 256_000)]
    [InlineData("4MiB", 4L << 20)]
    [InlineData("4M", 4L << 20)]
    [InlineData("1 GiB", 1L << 30)]
    [InlineData("10", 10)]
    [InlineData("0.5 KiB", 512)]
    public void GetByteSize_OfASize_IsThatMany(string text, long bytes) => Assert.Equal(bytes, Parse($"a = {text}").GetByteSize("a"));

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    public void GetBoolean_OfTheWords_IsWhatTheyMean(string text, bool expected) => Assert.Equal(expected, Parse($"a = {text}").GetBoolean("a"));

    [Fact]
    public void Get_OfAMissingPath_IsTheDefault()
    {
        var config = Parse("a { b = 1 }");

        Assert.Null(config.GetString("x"));
        Assert.Equal("d", config.GetString("a.x", "d"));
        Assert.Equal(7, config.GetInt("x", 7));
        Assert.Equal(0, config.GetLong("a.b.c"));
        Assert.True(config.GetBoolean("x", true));
        Assert.Equal(1.5, config.GetDouble("x", 1.5));
        Assert.Equal(TimeSpan.FromSeconds(1), config.GetTimeSpan("x", TimeSpan.FromSeconds(1)));
        Assert.Null(config.GetByteSize("x"));
        Assert.Empty(config.GetStringList("x"));
        Assert.Null(config.GetConfig("x"));
        Assert.False(config.HasPath("x"));
        Assert.True(config.HasPath("a.b"));
    }

    [Fact]
    public void Get_OfANull_IsAsIfItWereMissing()
    {
        var config = Parse("a = null");

        Assert.False(config.HasPath("a"));
        Assert.Equal(3, config.GetInt("a", 3));
    }

    [Theory]
    [InlineData("a = x", "GetInt")]
    [InlineData("a = 3000000000", "GetInt")]
    [InlineData("a = 1.5", "GetLong")]
    [InlineData("a = x", "GetDouble")]
    [InlineData("a = maybe", "GetBoolean")]
    [InlineData("a = 5 parsecs", "GetTimeSpan")]
    [InlineData("a = 5 parsecs", "GetByteSize")]
    [InlineData("a = x", "GetStringList")]
    [InlineData("a = [[1]]", "GetStringList")]
    [InlineData("a { b = 1 }", "GetString")]
    [InlineData("a = 1", "GetConfig")]
    public void Get_OfAWrongForm_NamesPathAndLine(string hocon, string method)
    {
        var config = Parse("# first line\n" + hocon);

        var failure = Assert.Throws<ConfigurationException>(() => method switch
        {
            "GetInt" => config.GetInt("a"),
            "GetLong" => config.GetLong("a"),
            "GetDouble" => config.GetDouble("a"),
            "GetBoolean" => config.GetBoolean("a"),
            "GetTimeSpan" => config.GetTimeSpan("a"),
            "GetByteSize" => config.GetByteSize("a"),
            "GetStringList" => config.GetStringList("a"),
            "GetString" => config.GetString("a"),
            _ => (object)config.GetConfig("a"),
        });

        Assert.StartsWith("a (line 2)", failure.Message);
    }

    [Fact]
    public void WithFallback_Always_FillsWhatIsMissingAndMergesObjects()
    {
        var top = Parse("a { x = 1, list = [1] }");
        var bottom = Parse("a { x = 9, y = 2, list = [2, 3] }, b = 3");

        var config = top.WithFallback(bottom);

        Assert.Equal([1, 2], new[] { "a.x", "a.y" }.Select(path => config.GetInt(path)));
        Assert.Equal(["1"], config.GetStringList("a.list"));
        Assert.Equal(3, config.GetInt("b"));
        Assert.False(top.HasPath("b"));
        Assert.DoesNotContain("y", top.ToString());
        Assert.DoesNotContain("y", config.ToString(includeFallback: false));
        Assert.Contains("y", config.ToString(includeFallback: true));
    }

    [Fact]
    public void ReferenceConfig_Always_Parses() => Assert.Equal("local", ConfigurationFactory.Default().GetString("akka.actor.provider"));

    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);
}
