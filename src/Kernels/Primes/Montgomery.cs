using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// An odd number below 2^64, and arithmetic modulo it on residues in Montgomery form (x·2^64 mod n). Two words: what is
/// called in the inner loops gets it in registers.
/// </summary>
internal readonly struct Montgomery
{
    private readonly ulong _number;
    private readonly ulong _inverse; // number * inverse = 1 (mod 2^64)

    public Montgomery(ulong oddNumber)
    {
        _number = oddNumber;

        // Newton: (3n) xor 2 is the inverse to 5 bits (P. Montgomery); each round doubles them: 10, 20, 40, 80.
        var inverse = (3 * oddNumber) ^ 2;
        for (var round = 0; round < 4; round++)
            inverse *= 2 - oddNumber * inverse;
        _inverse = inverse;
    }

    /// <summary>1 in Montgomery form. A division: ask once.</summary>
    public ulong One => (0 - _number) % _number;

    /// <summary>Reduces by subtraction, not by addition: the sum would need a 129th bit for moduli above 2^63.</summary>
    /// <remarks>
    /// Tests of primality are one chain of these, so what counts is how long a single one takes. The low half is a
    /// multiplication of its own, side by side with the high one: <c>Math.BigMul</c> hands it over through memory.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Multiply(ulong x, ulong y) => Subtract(High(x, y), High(x * y * _inverse, _number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Double(ulong x) => Add(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Add(ulong x, ulong y) => Subtract(x, _number - y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Subtract(ulong x, ulong y)
    {
        var difference = x - y;
        var wrapped = difference + _number;
        return x < y ? wrapped : difference;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong x, ulong y)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.MultiplyNoFlags(x, y);
        if (ArmBase.Arm64.IsSupported)
            return ArmBase.Arm64.MultiplyHigh(x, y);
        return Math.BigMul(x, y, out _);
    }
}
