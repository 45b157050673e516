using System.Security.Cryptography;

namespace ActorCompute.Remoting.Transport;

/// <summary>A hash over all that was said, in which no byte can move from one part to the next.</summary>
internal static class Transcript
{
    public static byte[] Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default) =>
        SHA256.HashData([.. SHA256.HashData(first), .. SHA256.HashData(second), .. SHA256.HashData(third)]);
}
