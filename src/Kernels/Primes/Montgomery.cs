using System.Runtime.CompilerServices;

namespace ActorCompute.Kernels.Primes;

/// <summary>Arithmetic modulo an odd number below 2^64, on residues kept in Montgomery form (x·2^64 mod n).</summary>
internal readonly struct Montgomery
{
    private readonly ulong _modulus;
    private readonly ulong _inverse;   // modulus * inverse = 1 (mod 2^64)
    private readonly ulong _rSquared;  // 2^128 mod modulus: multiplying by it enters Montgomery form

    public Montgomery(ulong oddModulus)
    {
        _modulus = oddModulus;

        // Newton: n is its own inverse mod 8; each round doubles the 3 correct bits (3, 6, 12, 24, 48, 96).
        var inverse = oddModulus;
        for (var round = 0; round < 5; round++)
            inverse *= 2 - oddModulus * inverse;
        _inverse = inverse;

        One = (0 - oddModulus) % oddModulus;

        // 2^(2^k) in Montgomery form, squared from 2^1 up to 2^64; 2^64 in Montgomery form is 2^128 mod n.
        var power = Add(One, One);
        for (var k = 0; k < 6; k++)
            power = Multiply(power, power);
        _rSquared = power;
    }

    /// <summary>1 in Montgomery form.</summary>
    public ulong One { get; }

    /// <summary>-1 in Montgomery form.</summary>
    public ulong MinusOne => _modulus - One;

    public ulong Enter(ulong value) => Multiply(value % _modulus, _rSquared);

    /// <summary>Reduces by subtraction, not by addition: the sum would need a 129th bit for moduli above 2^63.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Multiply(ulong x, ulong y)
    {
        var high = Math.BigMul(x, y, out var low);
        var subtract = Math.BigMul(low * _inverse, _modulus, out _);
        var difference = high - subtract;
        return high < subtract ? difference + _modulus : difference;
    }

    private ulong Add(ulong x, ulong y)
    {
        var room = _modulus - y;
        return x >= room ? x - room : x + y;
    }

    public ulong Power(ulong x, ulong exponent)
    {
        var result = One;
        for (var bit = 63 - System.Numerics.BitOperations.LeadingZeroCount(exponent | 1); bit >= 0; bit--)
        {
            result = Multiply(result, result);
            if (((exponent >> bit) & 1) != 0)
                result = Multiply(result, x);
        }

        return result;
    }
}
