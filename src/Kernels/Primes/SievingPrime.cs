using System.Runtime.CompilerServices;

namespace ActorCompute.Kernels.Primes;

/// <summary>A prime that crosses out its multiples, and where it stands: its next multiple's byte and wheel state.</summary>
internal struct SievingPrime
{
    private readonly uint _prime;
    private uint _offset; // bytes from the start of the span that is crossed out next
    private byte _state;

    /// <param name="prime">A prime above 5.</param>
    /// <param name="firstByte">The wheel byte at which the first span starts.</param>
    public SievingPrime(uint prime, ulong firstByte)
    {
        _prime = prime;
        var (offset, state) = Wheel30.FirstMultiple(prime, firstByte);
        _offset = (uint)offset;
        _state = (byte)state;
    }

    /// <summary>
    /// For primes that hit the span often: the multiples p·m with the same m mod 30 are p bytes apart and have the same
    /// bit, so each of the eight residues is one plain strided loop.
    /// </summary>
    public unsafe void CrossOffOften(byte* bytes, uint length)
    {
        nuint stride = _prime;
        nuint end = length;
        nuint unrolledEnd = end > 3 * stride ? end - 3 * stride : 0;
        var quotient = _prime / Wheel30.Span;
        nuint start = _offset;
        var state = _state;
        nuint next = nuint.MaxValue;
        var nextState = state;
        for (var residue = 0; residue < 8; residue++)
        {
            ref readonly var step = ref Wheel30.Steps[state];
            var clear = step.ClearBit;
            var at = start;
            for (; at < unrolledEnd; at += 4 * stride)
            {
                bytes[at] &= clear;
                bytes[at + stride] &= clear;
                bytes[at + 2 * stride] &= clear;
                bytes[at + 3 * stride] &= clear;
            }

            for (; at < end; at += stride)
                bytes[at] &= clear;

            // The eight loops end at the first multiple past the end, each of its residue: the least is the next one.
            if (at < next)
            {
                next = at;
                nextState = state;
            }

            start += quotient * step.Gap + step.Carry;
            state = step.Next;
        }

        _offset = (uint)(next - end);
        _state = nextState;
    }

    /// <summary>For primes that hit the span a few times: from multiple to multiple.</summary>
    public unsafe void CrossOffSeldom(byte* bytes, uint length)
    {
        if (_offset < length)
            (_offset, _state) = CrossOff(bytes, length, _prime, _offset, _state);
        _offset -= length;
    }

    /// <summary>Crosses out from the multiple at <paramref name="offset"/> on; gives the first one past the end.</summary>
    /// <remarks>Offsets fit: below 2^25 (a segment) + 6 · 2^32 / 30 (a step) + 6.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe (uint Offset, byte State) CrossOff(byte* bytes, uint length, uint prime, uint offset, byte state)
    {
        var quotient = prime / Wheel30.Span;
        ref readonly var steps = ref Wheel30.Steps[0];
        while (offset < length)
        {
            ref readonly var step = ref Unsafe.Add(ref Unsafe.AsRef(in steps), state); // always below 64
            bytes[offset] &= step.ClearBit;
            offset += quotient * step.Gap + step.Carry;
            state = step.Next;
        }

        return (offset, state);
    }
}
