namespace ActorCompute.Kernels.Tests.Primes;

/// <summary>The slow and obvious ways, to hold the fast ones against.</summary>
internal static class PlainPrimes
{
    public static bool IsPrime(ulong number)
    {
        if (number < 2 || number % 2 == 0)
            return number == 2;
        for (ulong divisor = 3; divisor * divisor <= number; divisor += 2)
        {
            if (number % divisor == 0)
                return false;
        }

        return true;
    }

    public static bool[] SieveUpTo(int last)
    {
        var isPrime = new bool[last + 1];
        Array.Fill(isPrime, true, 2, last - 1);
        for (var p = 2; p * p <= last; p++)
        {
            for (var multiple = p * p; isPrime[p] && multiple <= last; multiple += p)
                isPrime[multiple] = false;
        }

        return isPrime;
    }
}
