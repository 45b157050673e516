using System.Globalization;

namespace ActorCompute.Processes.Tests.Launch;

/// <summary>What processes tell each other, and what people type, is read alike under every culture.</summary>
public sealed class CulturesTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Texts_UnderACulture_AreReadAsUnderAnyOther(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal(TimeSpan.FromSeconds(1.5), Duration.Parse("--timeout", "1.5s"));
        Assert.Equal(512L << 20, MemorySize.Parse("--memory-limit", "512M"));
        Assert.Equal("127.0.0.1:4053", HostEndpoint.Parse("127.0.0.1:4053").ToString());
        Assert.Equal("4000-4010", PortRange.Parse("4000-4010").ToString());
        var settings = new WorkerSettings { Name = "I\u0131\u0130i", DrainTimeout = TimeSpan.FromMilliseconds(1500) };
        var order = new LaunchOrder { Secret = "s", Node = new() { WorkerId = "w", Incarnation = 1234567, Settings = settings } };
        Assert.Contains("\"Incarnation\":1234567,", order.ToLine(), StringComparison.Ordinal);
        Assert.Equal(order.ToLine(), LaunchOrder.Read(new StringReader(order.ToLine())).ToLine());
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
