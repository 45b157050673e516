using System.Buffers;

namespace ActorCompute.Client.Scatter.Inputs;

/// <summary>What is encoded already, as it is.</summary>
internal sealed class EncodedCodec : ICodec<ReadOnlyMemory<byte>>
{
    private EncodedCodec() { }

    public static EncodedCodec Instance { get; } = new();

    public void Write(ReadOnlyMemory<byte> value, IBufferWriter<byte> output) => output.Write(value.Span);

    public ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> bytes) => bytes.ToArray();
}
