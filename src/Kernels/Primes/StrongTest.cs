using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActorCompute.Kernels.Primes;

/// <summary>The strong probable prime test (Miller-Rabin) to base 2, whose powers need squarings and doublings alone.</summary>
internal static class StrongTest
{
    /// <param name="number">Odd, at least 3.</param>
    /// <param name="modulo">Modulo that number.</param>
    public static bool PassesBaseTwo(ulong number, Montgomery modulo)
    {
        var twos = BitOperations.TrailingZeroCount(number - 1);
        var exponent = (number - 1) >> twos;

        // From the top bit down; the first one is base 2 itself.
        var one = modulo.One;
        var power = modulo.Double(one);
        var bits = exponent << BitOperations.LeadingZeroCount(exponent);
        for (var left = BitOperations.Log2(exponent); left > 0; left--)
        {
            bits <<= 1;
            power = Step(power, bits, modulo);
        }

        var minusOne = number - one;
        if (power == one || power == minusOne)
            return true;
        while (--twos > 0)
        {
            power = modulo.Multiply(power, power);
            if (power == minusOne)
                return true;
        }

        return false;
    }

    /// <summary>Squares, and doubles where the top bit is set: half of the times, so a branch would often go astray.</summary>
    /// <remarks>A call of its own: the compiler makes a choice without a branch only where there is no loop around it.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Step(ulong power, ulong bits, Montgomery modulo)
    {
        var square = modulo.Multiply(power, power);
        var twice = modulo.Double(square);
        return (long)bits < 0 ? twice : square;
    }
}
