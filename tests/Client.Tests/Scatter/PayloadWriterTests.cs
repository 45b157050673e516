using System.Text;
using ActorCompute.Client.Scatter;

namespace ActorCompute.Client.Tests.Scatter;

public sealed class PayloadWriterTests
{
    private readonly PayloadWriter _writer = new();

    [Fact]
    public void Write_ManySmallValues_EachKeepsItsBytes()
    {
        var payloads = Enumerable.Range(0, 100_000).Select(number => _writer.Write(ValueCodec<long>.Instance, number)).ToList();
        Assert.Equal(Enumerable.Range(0, 100_000).Select(number => (long)number), payloads.Select(payload => ValueCodec<long>.Instance.Read(payload.Span)));
    }

    [Theory]
    [InlineData(65_000)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public void Write_ValueAroundAndBeyondABlock_IsWholeAndSoAreItsNeighbours(int length)
    {
        var text = new string('x', length);
        var before = _writer.Write(ValueCodec<string>.Instance, "before");
        var large = _writer.Write(ValueCodec<string>.Instance, text);
        var after = _writer.Write(ValueCodec<string>.Instance, "after");

        Assert.Equal(["\"before\"", $"\"{text}\"", "\"after\""], new[] { before, large, after }.Select(payload => Encoding.UTF8.GetString(payload.Span)));
    }

    [Fact]
    public void Advance_BeyondWhatWasGiven_Throws()
    {
        var length = _writer.GetSpan(10).Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(-1));
    }
}
