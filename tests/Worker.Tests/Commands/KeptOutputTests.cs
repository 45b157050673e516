using System.Text;
using ActorCompute.Worker.Commands;

namespace ActorCompute.Worker.Tests.Commands;

public sealed class KeptOutputTests
{
    [Theory]
    [InlineData(10, "", false)]
    [InlineData(10, "0123456789", false)]
    [InlineData(10, "0123456789a", true)]
    [InlineData(0, "", false)]
    [InlineData(0, "x", true)]
    [InlineData(5, "the quick brown fox jumps over the lazy dog", true)]
    public void Add_InPiecesOfAnyLength_KeepsTheFirstOrTheLast(int most, string text, bool isCut)
    {
        for (var piece = 1; piece <= text.Length + 1; piece++)
        {
            var (first, last) = (new KeptOutput(most, keepsLast: false), new KeptOutput(most, keepsLast: true));
            foreach (var part in text.Chunk(piece).Select(letters => Encoding.ASCII.GetBytes(letters)))
            {
                first.Add(part);
                last.Add(part);
            }

            Assert.Equal((text[..Math.Min(most, text.Length)], isCut), (Encoding.ASCII.GetString(first.Take().Span), first.IsCut));
            Assert.Equal((text[Math.Max(0, text.Length - most)..], isCut), (Encoding.ASCII.GetString(last.Take().Span), last.IsCut));
        }
    }

    [Fact]
    public void Add_FarMoreThanIsKept_TakesNoMemoryForIt()
    {
        var last = new KeptOutput(1000, keepsLast: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var piece = new byte[100];
        for (var i = 0; i < 100_000; i++) last.Add(piece);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(1000, last.Take().Length);
    }
}
