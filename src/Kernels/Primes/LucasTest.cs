using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// The extra strong Lucas probable prime test: Z. Mo and J. P. Jones; J. Grantham, "Frobenius pseudoprimes", Math. Comp. 70
/// (2001); parameters after R. Baillie, OEIS A217719.
/// </summary>
/// <remarks>
/// With Q = 1 and D = P² - 4 of Jacobi symbol -1, let n + 1 = d · 2^s, d odd. A prime n has V(d · 2^r) = 0 for some
/// 0 ≤ r &lt; s - 1, or U(d) = 0 and V(d) = ±2. Here V(k) stands for V(k) mod n with V(0) = 2, V(1) = P, and
/// V(2k) = V(k)² - 2, V(2k + 1) = V(k) V(k + 1) - P; U comes from D U(k) = 2 V(k + 1) - P V(k).
/// </remarks>
internal static class LucasTest
{
    // Half of the candidates P have the wrong symbol, unless the number is a square: then all do.
    private const uint LastBeforeSquaresAreExcluded = 20;

    /// <param name="number">Odd, at least <see cref="SmallFactors.DecideBelow"/>, without a smaller factor than 157.</param>
    /// <param name="modulo">Modulo that number.</param>
    public static bool PassesExtraStrong(ulong number, Montgomery modulo)
    {
        if (!TryFindParameter(number, out var parameter))
            return false;

        var one = modulo.One;
        var two = modulo.Double(one);
        var p = two;
        for (var i = 2u; i < parameter; i++)
            p = modulo.Add(p, one);

        // n + 1 = 2^64 does not fit, but 2^64 - 1 has the factor 3.
        var twos = BitOperations.TrailingZeroCount(number + 1);
        var odd = (number + 1) >> twos;

        // The pair V(k), V(k + 1) for k = the leading bits of d. From one bit to the next, the new pair is the product of the
        // old one, for V(2k + 1), and the square of one of the two. Which of the pair is the product, alternates as the bits
        // of d do: so what is to be squared depends on whether this bit differs from the one before.
        var product = p;
        var square = modulo.Subtract(modulo.Multiply(p, p), two);
        var changes = (odd ^ (odd >> 1)) << BitOperations.LeadingZeroCount(odd);
        for (var left = BitOperations.Log2(odd); left > 0; left--)
        {
            changes <<= 1;
            (product, square) = Step(product, square, changes, p, two, modulo);
        }

        // The last bit of d is a one: V(d) is the product.
        var (v, next) = (product, square);
        if (v == two || v == modulo.Subtract(0, two))
            return modulo.Double(next) == modulo.Multiply(p, v);
        for (; twos > 1; twos--)
        {
            if (v == 0)
                return true;
            v = modulo.Subtract(modulo.Multiply(v, v), two);
        }

        return false;
    }

    /// <summary>Squares the product where the top bit is set. A call of its own as <see cref="StrongTest"/>'s.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (ulong Product, ulong Square) Step(
        ulong product, ulong square, ulong changes, ulong p, ulong two, Montgomery modulo)
    {
        var chosen = (long)changes < 0 ? product : square;
        return (modulo.Subtract(modulo.Multiply(product, square), p), modulo.Subtract(modulo.Multiply(chosen, chosen), two));
    }

    /// <summary>The first P from 3 on with (P² - 4 | n) = -1. None is tried for long: a symbol of 0 means a factor.</summary>
    private static bool TryFindParameter(ulong number, out uint parameter)
    {
        for (parameter = 3; ; parameter++)
        {
            var symbol = Jacobi(parameter * parameter - 4, number);
            if (symbol < 0)
                return true;
            if (symbol == 0 || (parameter == LastBeforeSquaresAreExcluded && IsSquare(number)))
                return false;
        }
    }

    /// <summary>The Jacobi symbol (a | n), n odd and larger than a.</summary>
    internal static int Jacobi(uint a, ulong n)
    {
        if (a == 0)
            return 0;
        var twos = BitOperations.TrailingZeroCount(a);
        var odd = a >> twos;
        // (2 | n) = -1 for n = 3, 5 (mod 8). Reciprocity: the sign changes when both are 3 (mod 4).
        var flips = ((uint)twos & (uint)((n >> 1) ^ (n >> 2))) ^ (uint)((odd & n) >> 1);
        return Jacobi32((uint)(n % odd), odd, flips & 1);
    }

    private static int Jacobi32(uint a, uint n, uint flips)
    {
        while (a != 0)
        {
            var twos = BitOperations.TrailingZeroCount(a);
            a >>= twos;
            flips ^= ((uint)twos & ((n >> 1) ^ (n >> 2))) ^ ((a & n) >> 1);
            (a, n) = (n % a, a);
        }

        return n != 1 ? 0 : (flips & 1) == 0 ? 1 : -1;
    }

    private static bool IsSquare(ulong number)
    {
        var root = (ulong)SegmentSieve.SquareRoot(number);
        return root * root == number;
    }
}
