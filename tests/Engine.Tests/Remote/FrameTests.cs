using Akka.Remote.Wire;

namespace ActorCompute.Engine.Tests.Remote;

public class FrameTests
{
    private const int Maximum = 1000;

    [Fact]
    public void TryRead_WholeFrame_GivesKindBodyAndLength()
    {
        var bytes = Heartbeats(body: [1, 2, 3]);

        var length = Frame.TryRead(bytes, Maximum, out var kind, out var body);

        Assert.Equal(bytes.Length, length);
        Assert.Equal(FrameKind.Heartbeat, kind);
        Assert.Equal(new byte[] { 1, 2, 3 }, body.ToArray());
    }

    [Fact]
    public void TryRead_EveryTruncation_WaitsForMore()
    {
        var bytes = Heartbeats(body: [1, 2, 3]);

        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(0, Frame.TryRead(bytes.AsSpan(0, length), Maximum, out _, out _));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(Maximum + 1)]
    [InlineData(uint.MaxValue)]
    [InlineData(0x20544547u)] // "GET "
    public void TryRead_LengthOutOfRange_Throws(uint length)
    {
        var bytes = BitConverter.GetBytes(length);

        var error = Assert.Throws<WireFormatException>(() => Frame.TryRead(bytes, Maximum, out _, out _));

        Assert.Contains(length.ToString(), error.Message);
    }

    [Fact]
    public void TryRead_RandomBytes_NeverFailsOtherwise()
    {
        var random = new Random(1);
        var bytes = new byte[64];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            bytes[2] &= (byte)random.Next(2);
            bytes[3] = 0;
            try
            {
                var taken = Frame.TryRead(bytes.AsSpan(0, random.Next(bytes.Length)), Maximum, out _, out var body);
                Assert.True(taken == 0 || taken == body.Length + Frame.PrefixLength + 1);
            }
            catch (WireFormatException)
            {
                // The only way out.
            }
        }
    }

    private static byte[] Heartbeats(byte[] body)
    {
        using var writer = new WireWriter();
        var frame = writer.BeginFrame(FrameKind.Heartbeat);
        writer.WriteRaw(body);
        writer.EndFrame(frame);
        return writer.Written.ToArray();
    }
}
