using ActorCompute.Kernels.Numbers;

namespace ActorCompute.Kernels.Tests.Numbers;

public sealed class NumberKernelsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(20, 6765)]
    [InlineData(21, 10946)]
    [InlineData(27, 196418)]
    public void Recursive_Fibonacci_IsTheNumber(int n, long expected) => Assert.Equal(expected, Fibonacci.Recursive(n));

    [Theory]
    [InlineData(-1)]
    [InlineData(51)]
    public void Recursive_OutOfRange_IsRefused(int n) => Assert.Throws<ArgumentOutOfRangeException>(() => Fibonacci.Recursive(n));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(32_770)]
    [InlineData(10_000_000)] // the sum has more than 64 bits
    public void UpTo_SumOfSquares_IsThatOfTheFormula(long n)
    {
        var all = (UInt128)(ulong)n;
        Assert.Equal(all * (all + 1) * (2 * all + 1) / 6, SquareSum.UpTo(n));
    }

    [Fact]
    public void Largest_SumOfSquares_Fits128Bits()
    {
        var n = (System.Numerics.BigInteger)SquareSum.Largest;
        Assert.True(n * (n + 1) * (2 * n + 1) / 6 <= (System.Numerics.BigInteger)UInt128.MaxValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => SquareSum.UpTo(SquareSum.Largest + 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void To_Counting_EndsAtN(long n) => Assert.Equal(n, Counting.To(n));

    [Fact]
    public async Task LongLoops_Cancelled_StopInTheMiddle()
    {
        using var cancellation = new CancellationTokenSource();
        var (fib, squares) = (
            Task.Run(() => Fibonacci.Recursive(Fibonacci.Largest, cancellation.Token)),
            Task.Run(() => SquareSum.UpTo(SquareSum.Largest, cancellation.Token)));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fib);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => squares);
    }
}
