using System.Text;

namespace ActorCompute.Abstractions.Tests.Shared;

public sealed class SharedValueTests
{
    [Fact]
    public void Codec_SmallValue_GoesAlong()
    {
        var shared = new SharedValue<int[]>([1, 2], ValueCodec<int[]>.Instance.ToBytes([1, 2]), null, null);
        var bytes = ValueCodec<(string Name, SharedValue<int[]> Numbers)>.Instance.ToBytes(("a", shared));
        Assert.Contains("{\"value\":[1,2]}", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal([1, 2], ValueCodec<(string Name, SharedValue<int[]> Numbers)>.Instance.Read(bytes).Numbers.Value);
    }

    [Fact]
    public void Codec_OtherValue_IsAReference()
    {
        var reference = new SharedReference("id", "akka.tcp://there/user/shared", 5_000_000_000, uint.MaxValue);
        var shared = new SharedValue<string>("here", default, reference, null);
        var read = ValueCodec<SharedValue<string>>.Instance.Read(ValueCodec<SharedValue<string>>.Instance.ToBytes(shared));
        Assert.Equal(reference, read.Reference);
        Assert.Equal("here", shared.Value);
    }

    [Fact]
    public void Value_ThatCameBackFromAWorker_SaysWhatToDo()
    {
        var read = ValueCodec<SharedValue<string>>.Instance.Read(ValueCodec<SharedValue<string>>.Instance.ToBytes(new("", default, new("id", "there", 1, 2), null)));
        Assert.Contains("use the one that was shared", Assert.Throws<InvalidOperationException>(() => read.Value).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"value\":\"text\"}")]
    [InlineData("{\"id\":\"a\",\"holder\":\"b\",\"length\":1.5,\"crc32c\":1}")]
    [InlineData("{\"id\":\"a\",\"holder\":\"b\",\"length\":1,\"crc32c\":-1}")]
    [InlineData("{\"id\":7,\"holder\":\"b\",\"length\":1,\"crc32c\":1}")]
    public void Codec_BrokenBytes_AreRefused(string json) =>
        Assert.Throws<FormatException>(() => ValueCodec<SharedValue<int>>.Instance.Read(Encoding.UTF8.GetBytes(json)));
}
