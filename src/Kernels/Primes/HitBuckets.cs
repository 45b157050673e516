using System.Buffers;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Crosses out what large primes hit in a segment. Their hits lie all over it: applied one by one each would wait for memory.
/// So they are collected by the part of the segment that they are in, and a part's are applied together, in the cache.
/// </summary>
/// <remarks>
/// <code>
/// segment    |-- part 0 --|-- part 1 --|-- part 2 --|  ...       256 KiB each
/// buckets    [hit hit ..] [hit ..    ] [hit hit hit]             nearly full: applied and begun again
/// hit        | byte in the part, 24 bits | AND mask, 8 bits |
/// </code>
/// </remarks>
internal sealed class HitBuckets : IDisposable
{
    private readonly int _spanBits;
    private readonly int _capacity;
    private readonly uint _slack; // buckets are looked at only after so many hits as can all be in one of them
    private uint[] _nexts = [];   // for each bucket the index in _hits where its next hit goes
    private uint[] _hits = [];    // rented

    public HitBuckets(SieveTuning tuning)
    {
        (_spanBits, _capacity) = (tuning.BucketSpanBits, tuning.BucketCapacity);
        _slack = (uint)_capacity / 4;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_spanBits, 24);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MostHitsInAPart(SieveTuning.LeastLargestBlockPrime), _slack);
    }

    /// <summary>Makes empty buckets for a segment.</summary>
    public void Begin(int segmentBytes)
    {
        var count = ((segmentBytes - 1) >> _spanBits) + 1;
        if (_nexts.Length < count)
        {
            Dispose();
            _nexts = new uint[count];
            _hits = ArrayPool<uint>.Shared.Rent(count * _capacity);
        }

        for (var bucket = 0; bucket < _nexts.Length; bucket++)
            _nexts[bucket] = First(bucket);
    }

    /// <summary>Collects the hits of some primes; those of buckets that are nearly full are applied.</summary>
    /// <param name="segment">As long as said at the beginning.</param>
    /// <param name="primes">Ascending, above 2^16.</param>
    /// <param name="distances">For each, the numbers from the segment's first to its first multiple that counts.</param>
    public void Collect(Span<byte> segment, ReadOnlySpan<uint> primes, ReadOnlySpan<uint> distances)
    {
        while (!primes.IsEmpty)
        {
            var count = Math.Min(primes.Length, (int)(_slack / MostHitsInAPart(primes[0])));
            Collect((uint)segment.Length, primes[..count], distances[..count]);
            for (var bucket = 0; bucket < _nexts.Length; bucket++)
            {
                if (_nexts[bucket] > First(bucket) + (uint)_capacity - _slack)
                    Empty(segment, bucket);
            }

            primes = primes[count..];
            distances = distances[count..];
        }
    }

    /// <summary>Applies what is left in the buckets.</summary>
    public void Finish(Span<byte> segment)
    {
        for (var bucket = 0; bucket < _nexts.Length; bucket++)
            Empty(segment, bucket);
    }

    public void Dispose()
    {
        if (_hits.Length > 0)
            ArrayPool<uint>.Shared.Return(_hits);
        (_nexts, _hits) = ([], []);
    }

    private uint First(int bucket) => (uint)(bucket * _capacity);

    /// <summary>Two multiples whose cofactors are odd are two primes apart.</summary>
    private uint MostHitsInAPart(uint prime) => ((uint)Wheel30.Span << _spanBits) / 2 / prime + 1;

    /// <remarks>
    /// Without bounds checks. A hit's byte is below the segment's length, which <see cref="Begin"/> made buckets for; a bucket
    /// has room for the hits of as many primes as <see cref="Collect(Span{byte}, ReadOnlySpan{uint}, ReadOnlySpan{uint})"/>
    /// passes at a time; states are below 64, as many as there are steps.
    /// </remarks>
    private unsafe void Collect(uint length, ReadOnlySpan<uint> primes, ReadOnlySpan<uint> distances)
    {
        var numbers = (ulong)length * Wheel30.Span;
        var spanBits = _spanBits;
        var spanMask = (1u << _spanBits) - 1;
        fixed (uint* hits = _hits, nexts = _nexts)
        fixed (Wheel30.Step* steps = Wheel30.Steps)
        {
            for (var i = 0; i < primes.Length; i++)
            {
                if (distances[i] >= numbers)
                    continue;
                var (distance, state) = Wheel30.FirstOnWheel(primes[i], distances[i]);
                if (distance >= numbers)
                    continue;

                // Offsets fit: below 2^27 (a segment) + 6 · 2^32 / 30 (a step) + 6.
                var offset = (uint)(distance / Wheel30.Span);
                var quotient = primes[i] / Wheel30.Span;
                var step = steps + state;
                do
                {
                    var part = offset >> spanBits;
                    var next = nexts[part];
                    hits[next] = (offset & spanMask) << 8 | step->ClearBit;
                    nexts[part] = next + 1;
                    offset += quotient * step->Gap + step->Carry;
                    step = steps + step->Next;
                }
                while (offset < length);
            }
        }
    }

    /// <remarks>
    /// Without bounds checks: a hit's byte is inside the segment, as above. The part is read once from end to end before, since
    /// that is what the processor fetches ahead; hit by hit its lines would come one by one, three times as slow.
    /// </remarks>
    private unsafe void Empty(Span<byte> segment, int bucket)
    {
        var part = segment[Math.Min(bucket << _spanBits, segment.Length)..];
        part = part[..Math.Min(part.Length, 1 << _spanBits)];
        for (var line = 0; line < part.Length; line += 64)
            Volatile.Read(ref part[line]);

        fixed (byte* bytes = part)
        fixed (uint* hits = _hits)
        {
            var end = hits + _nexts[bucket];
            for (var hit = hits + First(bucket); hit < end; hit++)
                bytes[*hit >> 8] &= (byte)*hit;
        }

        _nexts[bucket] = First(bucket);
    }
}
