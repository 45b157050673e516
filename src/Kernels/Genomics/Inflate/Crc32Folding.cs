using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Folds a run of bytes to 16 that have the same CRC-32 register, by carry-less multiplication (Gopal et al., «Fast CRC
/// Computation for Generic Polynomials Using PCLMULQDQ Instruction», Intel 2009).
/// </summary>
/// <remarks><code>
/// A lane of 128 bits that lies d bits before another is added to it (xor) after multiplication by x^d mod P:
///   lane' = lane.low * x^(d+32)  ^  lane.high * x^(d-32)  ^  the other lane      (bits are reflected: low comes first)
/// four vectors in flight hide the multiplier's latency:  |v0|v1|v2|v3| ← |v0|v1|v2|v3| ← …, then v0 → v1 → v2 → v3 → lanes
/// </code></remarks>
internal static class Crc32Folding
{
    /// <summary>What remains: a lane.</summary>
    public const int Size = 16;

    // Below, tables are as fast.
    private const int Shortest = 4 * Size;

    private static readonly Vector128<ulong> By128 = Distance(128);
    private static readonly Vector128<ulong> By512 = Distance(512);
    private static readonly Vector128<ulong> By2048 = Distance(2048);

    /// <summary>Whether the widest vectors can be used, four times as fast as the narrow ones.</summary>
    public static bool IsWide => Pclmulqdq.V512.IsSupported && Avx512F.IsSupported;

    /// <param name="bytes">The bytes, from the first one on: the register's first value is put in.</param>
    /// <param name="folded">16 bytes that take their place, with a register of 0.</param>
    /// <param name="rest">Where the bytes go on that are not folded.</param>
    /// <returns>False when there are too few bytes, or no such instructions.</returns>
    public static bool TryFold(ReadOnlySpan<byte> bytes, Span<byte> folded, out int rest)
    {
        rest = 0;
        if (bytes.Length < Shortest || !Pclmulqdq.IsSupported)
            return false;
        if (IsWide && bytes.Length >= 4 * Vector512<byte>.Count)
            FoldWide(bytes, folded, out rest);
        else
            FoldNarrow(bytes, folded, out rest);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FoldNarrow(ReadOnlySpan<byte> bytes, Span<byte> folded, out int rest)
    {
        ref var data = ref MemoryMarshal.GetReference(bytes);
        var v0 = Load128(ref data, 0) ^ Vector128.CreateScalar((ulong)uint.MaxValue);
        var (v1, v2, v3) = (Load128(ref data, 16), Load128(ref data, 32), Load128(ref data, 48));
        var at = 64;
        for (; at + 64 <= bytes.Length; at += 64)
        {
            v0 = Fold(v0, By512) ^ Load128(ref data, at);
            v1 = Fold(v1, By512) ^ Load128(ref data, at + 16);
            v2 = Fold(v2, By512) ^ Load128(ref data, at + 32);
            v3 = Fold(v3, By512) ^ Load128(ref data, at + 48);
        }

        v3 ^= Fold(Fold(Fold(v0, By128) ^ v1, By128) ^ v2, By128);
        Finish(bytes, at, v3, folded, out rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoldWide(ReadOnlySpan<byte> bytes, Span<byte> folded, out int rest)
    {
        ref var data = ref MemoryMarshal.GetReference(bytes);
        var by2048 = Vector512.Create(Vector256.Create(By2048, By2048), Vector256.Create(By2048, By2048));
        var by512 = Vector512.Create(Vector256.Create(By512, By512), Vector256.Create(By512, By512));
        var v0 = Load512(ref data, 0) ^ Vector512.CreateScalar((ulong)uint.MaxValue);
        var (v1, v2, v3) = (Load512(ref data, 64), Load512(ref data, 128), Load512(ref data, 192));
        var at = 256;
        for (; at + 256 <= bytes.Length; at += 256)
        {
            v0 = Fold(v0, by2048) ^ Load512(ref data, at);
            v1 = Fold(v1, by2048) ^ Load512(ref data, at + 64);
            v2 = Fold(v2, by2048) ^ Load512(ref data, at + 128);
            v3 = Fold(v3, by2048) ^ Load512(ref data, at + 192);
        }

        v3 ^= Fold(Fold(Fold(v0, by512) ^ v1, by512) ^ v2, by512);
        for (; at + 64 <= bytes.Length; at += 64)
            v3 = Fold(v3, by512) ^ Load512(ref data, at);
        var (low, high) = (v3.GetLower(), v3.GetUpper());
        var lane = Fold(Fold(Fold(low.GetLower(), By128) ^ low.GetUpper(), By128) ^ high.GetLower(), By128) ^ high.GetUpper();
        Finish(bytes, at, lane, folded, out rest);
    }

    private static void Finish(ReadOnlySpan<byte> bytes, int at, Vector128<ulong> lane, Span<byte> folded, out int rest)
    {
        for (; at + Size <= bytes.Length; at += Size)
            lane = Fold(lane, By128) ^ Load128(ref MemoryMarshal.GetReference(bytes), at);
        lane.AsByte().CopyTo(folded);
        rest = at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> lane, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(lane, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(lane, by, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Fold(Vector512<ulong> lanes, Vector512<ulong> by) =>
        Pclmulqdq.V512.CarrylessMultiply(lanes, by, 0x00) ^ Pclmulqdq.V512.CarrylessMultiply(lanes, by, 0x11);

    // Callers have compared the offset with the length.
    private static Vector128<ulong> Load128(ref byte data, int at) => Vector128.LoadUnsafe(ref data, (nuint)at).AsUInt64();

    private static Vector512<ulong> Load512(ref byte data, int at) => Vector512.LoadUnsafe(ref data, (nuint)at).AsUInt64();

    private static Vector128<ulong> Distance(int bits) => Vector128.Create(PowerOfX(bits + 32), PowerOfX(bits - 32));

    // x^n mod P with its bits reflected, and shifted by the one bit that a product of reflected factors is short of.
    private static ulong PowerOfX(int n)
    {
        var power = 0x80000000u; // x^0
        for (var i = 0; i < n; i++)
            power = (power & 1) != 0 ? power >> 1 ^ Crc32.Polynomial : power >> 1;
        return (ulong)power << 1;
    }
}
