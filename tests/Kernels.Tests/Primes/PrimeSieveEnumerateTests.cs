using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kernels.Tests.Primes;

public class PrimeSieveEnumerateTests
{
    [Fact]
    public void Enumerate_FirstMillion_AgreesWithEratosthenes()
    {
        var isPrime = PlainPrimes.SieveUpTo(1_000_000);
        var expected = Enumerable.Range(0, isPrime.Length).Where(number => isPrime[number]).Select(number => (ulong)number);
        Assert.Equal(expected, PrimeSieve.Enumerate(0, 1_000_000));
    }

    /// <summary>Across segments of growing length, and across blocks.</summary>
    [Fact]
    public void Enumerate_ManySegments_AscendingAndAsManyAsCounted()
    {
        const ulong From = 7_000_003, To = 40_000_000;
        ulong count = 0, previous = From - 1;
        foreach (var prime in PrimeSieve.Enumerate(From, To))
        {
            Assert.True(prime > previous && prime <= To);
            previous = prime;
            count++;
        }

        Assert.Equal(PrimeSieve.Count(From, To), count);
    }

    [Theory]
    [InlineData(4_294_967_296 - 200_000, 400_000)]
    [InlineData(1_000_000_000_000, 300_000)]
    [InlineData(1_000_000_000_000_000, 300_000)]
    [InlineData(18_446_744_073_709_551_615 - 200_000, 200_000)]
    public void Enumerate_Window_AgreesWithPrimality(ulong from, ulong width)
    {
        var expected = new List<ulong>();
        for (ulong distance = 0; distance <= width; distance++)
        {
            if (Primality.IsPrime(from + distance))
                expected.Add(from + distance);
        }

        Assert.Equal(expected, PrimeSieve.Enumerate(from, from + width));
    }

    [Fact]
    public void Enumerate_LastNumbers_EndsWithTheLargestPrime() =>
        Assert.Equal(18_446_744_073_709_551_557UL, PrimeSieve.Enumerate(ulong.MaxValue - 1_000, ulong.MaxValue).Last());

    /// <summary>A reader of a few primes of an endless interval is served from a short first segment.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1_000_000_000_000_000_000, 1_000_000_000_000_000_003)]
    public void Enumerate_FirstOfAHugeInterval_ComesAtOnce(ulong from, ulong first) =>
        Assert.Equal(first, PrimeSieve.Enumerate(from, ulong.MaxValue).First());

    [Fact]
    public void Enumerate_IntervalWithoutPrimes_Empty()
    {
        Assert.Empty(PrimeSieve.Enumerate(0, 1));
        Assert.Empty(PrimeSieve.Enumerate(24, 28));
        Assert.Empty(PrimeSieve.Enumerate(18_446_744_073_709_551_558, ulong.MaxValue));
    }

    /// <summary>At the call, not when the first prime is read.</summary>
    [Fact]
    public void Enumerate_FromAboveTo_RefusedAtOnce() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { PrimeSieve.Enumerate(2, 1); });

    [Fact]
    public void Enumerate_CancelledBetweenPrimes_Throws()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in PrimeSieve.Enumerate(0, ulong.MaxValue, source.Token))
                source.Cancel();
        });
    }
}
