using System.Runtime.Intrinsics.X86;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Each way to compute a CRC-32 gives what the definition says, whatever instructions this machine has.</summary>
public sealed class Crc32Tests
{
    public static TheoryData<int> Lengths() => [0, 1, 7, 8, 15, 16, 63, 64, 65, 79, 80, 127, 128, 255, 256, 257, 319, 320, 335, 511, 512, 513, 1000, 65280, 65536];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Of_AnyLengthAndAlignment_IsByDefinition(int length)
    {
        var bytes = new byte[length + 3];
        new Random(length).NextBytes(bytes);
        for (var start = 0; start <= 3; start++)
        {
            var run = bytes.AsSpan(start, length);
            var expected = TestBam.Crc32(run);
            Assert.Equal(expected, Crc32.Of(run));
            Assert.Equal(expected, Crc32.OfByTables(run));
            foreach (var provider in Inflaters.Available) Assert.Equal(expected, provider.Crc32(run));
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(79)]
    [InlineData(128)]
    [InlineData(1000)]
    [InlineData(65280)]
    public void FoldNarrow_AnyLength_KeepsTheCrc(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var folded = new byte[Crc32Folding.Size];
        if (!Pclmulqdq.IsSupported)
        {
            Assert.False(Crc32Folding.TryFold(bytes, folded, out _));
            return;
        }

        Crc32Folding.FoldNarrow(bytes, folded, out var rest);
        Assert.InRange(length - rest, 0, 15);
        Assert.Equal(TestBam.Crc32(bytes), ~Crc32.ByTables(Crc32.ByTables(0, folded), bytes.AsSpan(rest)));
    }
}
