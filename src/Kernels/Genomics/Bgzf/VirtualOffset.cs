namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// A place in the inflated data of a BGZF file (SAM specification, section 4.1.1): where a block starts in the file, and
/// where in that block's inflated data. Compares in the order of the data.
/// </summary>
/// <remarks>The bits: 48 of the block's file offset, then 16 of the offset within the inflated block.</remarks>
public readonly record struct VirtualOffset(ulong Value) : IComparable<VirtualOffset>
{
    /// <summary>The largest file offset of a block that fits: 2^48 - 1, 256 TiB.</summary>
    public const long MaxBlockOffset = (1L << 48) - 1;

    /// <exception cref="ArgumentOutOfRangeException">A part does not fit into its bits.</exception>
    public VirtualOffset(long blockOffset, int withinBlock)
        : this((ulong)blockOffset << 16 | (uint)withinBlock)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blockOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blockOffset, MaxBlockOffset);
        ArgumentOutOfRangeException.ThrowIfNegative(withinBlock);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(withinBlock, ushort.MaxValue);
    }

    /// <summary>After every place there can be: the end of a scan that goes on to the end of the file.</summary>
    public static VirtualOffset End { get; } = new(ulong.MaxValue);

    /// <summary>Where the block starts in the file.</summary>
    public long BlockOffset => (long)(Value >> 16);

    /// <summary>Where in the block's inflated data, 0..65,535.</summary>
    public int WithinBlock => (int)(Value & 0xFFFF);

    public int CompareTo(VirtualOffset other) => Value.CompareTo(other.Value);

    public static bool operator <(VirtualOffset left, VirtualOffset right) => left.Value < right.Value;

    public static bool operator >(VirtualOffset left, VirtualOffset right) => left.Value > right.Value;

    public static bool operator <=(VirtualOffset left, VirtualOffset right) => left.Value <= right.Value;

    public static bool operator >=(VirtualOffset left, VirtualOffset right) => left.Value >= right.Value;

    public override string ToString() => $"{BlockOffset}:{WithinBlock}";
}

/// <summary>The data from <paramref name="Begin"/> up to, and without, <paramref name="End"/>.</summary>
public readonly record struct VirtualRange(VirtualOffset Begin, VirtualOffset End)
{
    public override string ToString() => $"{Begin}-{End}";
}
