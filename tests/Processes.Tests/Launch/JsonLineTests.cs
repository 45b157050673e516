using System.Text.Json;

namespace ActorCompute.Processes.Tests.Launch;

public sealed class JsonLineTests
{
    private static readonly string[] Texts = ["", "127.0.0.1:4053", "C:\\a b\\\"/'", "\r\n\t\b\f\0\u007f", "\u00e4\u00df\u20ac \u2028 \ud83d\ude00"];

    public static TheoryData<string> AllTexts => new(Texts);

    [Theory]
    [MemberData(nameof(AllTexts))]
    [InlineData("half \ud83d of a pair")]
    public void Text_WhatTheWriterWrote_IsTheSameInAscii(string text)
    {
        var line = LineOf(writer => writer.Member("text", text));
        Assert.All(line, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(text, Read(line, json => json.Text()));
    }

    /// <summary>The framework's own reader and writer are the measure of what JSON is.</summary>
    [Theory]
    [MemberData(nameof(AllTexts))]
    public void Text_TheFrameworksJson_IsTheSame(string text)
    {
        Assert.Equal(text, JsonDocument.Parse(LineOf(writer => writer.Member("text", text))).RootElement.GetProperty("text").GetString());
        Assert.Equal(text, Read(JsonSerializer.Serialize(new { text }), json => json.Text()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Number_WhatTheWriterWrote_IsTheSame(long number) => Assert.Equal(number, Read(LineOf(writer => writer.Member("n", number)), json => json.Number()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Flag_WhatTheWriterWrote_IsTheSame(bool flag) => Assert.Equal(flag, Read(LineOf(writer => writer.Member("f", flag)), json => json.Flag()));

    [Fact]
    public void Texts_WhatTheWriterWrote_AreTheSame()
    {
        Assert.Equal(Texts, Read(LineOf(writer => writer.Member("list", Texts)), json => json.Texts()));
        Assert.Empty(Read(LineOf(writer => writer.Member("list", [])), json => json.Texts()));
    }

    [Fact]
    public void Object_WithMembersWithin_ReadsEachInItsPlace()
    {
        var line = LineOf(writer =>
        {
            writer.Member("none", (string?)null);
            writer.Member("inner", () => writer.Member("a", 1));
            writer.Member("empty", () => { });
            writer.Member("last", true);
        });
        Assert.Equal("""{"inner":{"a":1},"empty":{},"last":true}""", line);
        var names = new List<string>();
        var json = new JsonLineReader(line.Replace(":", " :\t", StringComparison.Ordinal) + "\r\n");
        json.Object(name =>
        {
            names.Add(name);
            if (name == "last") Assert.True(json.Flag());
            else json.Object(_ => Assert.Equal(1, json.Number()));
        });
        json.End();
        Assert.Equal(["inner", "empty", "last"], names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("\"a")]
    [InlineData("\"\\")]
    [InlineData("\"\\q\"")]
    [InlineData("\"\\u004\"")]
    [InlineData("\"\\u 041\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("a\"")]
    public void Text_BrokenOff_IsAFormatError(string text) => Assert.Throws<FormatException>(() => new JsonLineReader(text).Text());

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1-2")]
    [InlineData("\"1\"")]
    [InlineData("9223372036854775808")]
    public void Number_None_IsAFormatError(string text) => Assert.Throws<FormatException>(() => new JsonLineReader(text).Number());

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    public void Object_Broken_IsAFormatError(string text)
    {
        var json = new JsonLineReader(text);
        Assert.Throws<FormatException>(() => json.Object(_ => json.Number()));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[\"a\"")]
    [InlineData("[\"a\",]")]
    [InlineData("[1]")]
    public void Texts_Broken_IsAFormatError(string text) => Assert.Throws<FormatException>(() => new JsonLineReader(text).Texts());

    private static string LineOf(Action<JsonLineWriter> write)
    {
        var writer = new JsonLineWriter();
        write(writer);
        return writer.End();
    }

    private static T Read<T>(string line, Func<JsonLineReader, T> read)
    {
        var json = new JsonLineReader(line);
        T? value = default;
        json.Object(_ => value = read(json));
        json.End();
        return value!;
    }
}
