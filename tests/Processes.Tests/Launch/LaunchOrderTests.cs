using System.Reflection;
using ActorCompute.Messages;

namespace ActorCompute.Processes.Tests.Launch;

public sealed class LaunchOrderTests
{
    private static readonly NodeOrder Node = new() { WorkerId = "w", Incarnation = 1, Settings = new() { Name = "n" } };

    private static readonly PropertyInfo[] Properties = typeof(WorkerSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public static TheoryData<string> Settings => new(Properties.Select(property => property.Name));

    [Fact]
    public void Read_WhatToLineWrote_IsTheSameOnOneLine()
    {
        var node = Node with { WorkerId = "w\u2028", Incarnation = long.MaxValue, PreviousEnd = "exited with status 139; it said: \u00e4 |\r\nb \ud83d\ude00", TrustsCaller = true };
        var order = new LaunchOrder { Secret = "a\nb\"c", Tls = new("a\\b.pfx", "p\"w"), SeedPort = 4053, Node = node };
        Assert.DoesNotContain('\n', order.ToLine());
        var read = LaunchOrder.Read(new StringReader(order.ToLine() + "\nmore"));
        Assert.Equal(order with { Node = null }, read with { Node = null });
        Assert.Equal(node, read.Node! with { Settings = node.Settings });
    }

    /// <summary>By reflection, so that a new setting is not forgotten on either side.</summary>
    [Theory]
    [MemberData(nameof(Settings))]
    public void Read_SettingThatIsNotItsDefault_Arrives(string name)
    {
        var property = typeof(WorkerSettings).GetProperty(name)!;
        var settings = Node.Settings with { };
        var value = OtherThan(property.GetValue(settings), property.PropertyType);
        property.SetValue(settings, value);
        Assert.NotEqual(property.GetValue(Node.Settings), value);

        var read = LaunchOrder.Read(new StringReader(new LaunchOrder { Secret = "s", Node = Node with { Settings = settings } }.ToLine())).Node!.Settings;

        Assert.Equal(value, property.GetValue(read));
        foreach (var other in Properties.Where(other => other.Name != name)) Assert.Equal(other.GetValue(Node.Settings), other.GetValue(read));
    }

    [Fact]
    public void Read_OnlyTheSecret_IsEnough() => Assert.Equal(new() { Secret = "s" }, LaunchOrder.Read(new StringReader("""{"Secret":"s"}""")));

    [Fact]
    public void Read_SettingsMissing_AreTheDefaults()
    {
        var read = LaunchOrder.Read(new StringReader("""{"Secret":"s","Node":{"WorkerId":"w","Settings":{"Name":"n"}}}""")).Node!.Settings;
        Assert.Equal(Node.Settings, read);
    }

    [Fact]
    public void Read_PipeClosed_SaysSo() =>
        Assert.Contains("without an order", Assert.Throws<InputException>(() => LaunchOrder.Read(new StringReader(""))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_OrderOfAnotherVersion_NamesBoth()
    {
        var said = Refusal("""{"Version":"99.0","Secret":"s","Later":1}""");
        Assert.Contains("version 99.0", said, StringComparison.Ordinal);
        Assert.Contains(BuildInfo.Version, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n{\"Secret\":\"s\"}", "no order")]
    [InlineData("hello", "no order")]
    [InlineData("[]", "{ is missing at character 1")]
    [InlineData("""{"Secret":"s" """, "no order")]
    [InlineData("""{"Secret":"s"}}""", "no order")]
    [InlineData("""{"SeedPort":1}""", "no secret")]
    [InlineData("""{"Secret":""}""", "no secret")]
    [InlineData("""{"Secret":null}""", "no order")]
    [InlineData("""{"Secret":1}""", "no order")]
    [InlineData("""{"Secret":"s","Other":1}""", "'Other'")]
    [InlineData("""{"Secret":"s","Tls":{"Paths":"a"}}""", "'Paths'")]
    [InlineData("""{"Secret":"s","Node":{}}""", "no worker")]
    [InlineData("""{"Secret":"s","Node":7}""", "{ is missing")]
    [InlineData("""{"Secret":"s","Node":{"WorkerId":"w","Incarnation":9223372036854775808}}""", "no order")]
    [InlineData("""{"Secret":"s","Node":{"WorkerId":"w","Settings":{"Slot":1}}}""", "'Slot'")]
    [InlineData("""{"Secret":"s","Node":{"WorkerId":"w","Settings":{"Slots":0}}}""", "1 to 1024")]
    [InlineData("""{"Secret":"s","Node":{"WorkerId":"w","Settings":{"Slots":4294967297}}}""", "no order")]
    [InlineData("""{"Secret":"s","Node":{"WorkerId":"w","Settings":{"Ports":"70000"}}}""", "'70000'")]
    [InlineData("""{"Secret":"s","Node":{"WorkerId":"w","Settings":{"Plugins":"a"}}}""", "[ is missing")]
    [InlineData("""{"Secret":"s","Node":{"WorkerId":"w","Settings":{"Resources":{"gpu":0}}}}""", "gpu=0")]
    [InlineData("""{"Secret":"s","Node":{"WorkerId":"w","Settings":{"DrainTimeout":"soon"}}}""", "no order")]
    public void Read_NoOrder_IsRefusedInWords(string text, string what) => Assert.Contains(what, Refusal(text), StringComparison.Ordinal);

    private static string Refusal(string text) => Assert.Throws<InputException>(() => LaunchOrder.Read(new StringReader(text))).Message;

    private static object OtherThan(object? value, Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => value + "\u00e4 \"\\\r\n",
        var t when t == typeof(bool) => !(bool)value!,
        var t when t == typeof(int) => (int)value! + 1,
        var t when t == typeof(long) => 1L << 40,
        var t when t == typeof(TimeSpan) => (TimeSpan)value! + TimeSpan.FromTicks(1),
        var t when t == typeof(PortRange) => new PortRange(5100, 5119),
        var t when t == typeof(Resources) => Resources.Of(("gpu", 2), ("mem", 64L << 30)),
        var t when t == typeof(IReadOnlyList<string>) => new List<string> { "a", "b \u00e4" },
        var t => throw new InvalidOperationException($"what is another value of {t}? Say it here."),
    };
}
