namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// A part of a reference, or the unplaced reads. Positions are as people and SAM write them: from 1, both ends within.
/// Made by <see cref="RegionParser"/> or <see cref="Of"/>.
/// </summary>
/// <remarks>
/// <see cref="Last"/> is not cut to the reference's length. No base lies behind that, but a header can be wrong about a
/// length, and samtools counts what records say.
/// </remarks>
public readonly record struct Region
{
    /// <summary>The <see cref="Last"/> of a region that goes on to the end of its reference.</summary>
    public const long OpenEnd = long.MaxValue;

    private Region(ReferenceSequence? reference, long first, long last)
    {
        Reference = reference;
        First = first;
        Last = last;
    }

    /// <summary>The reads without a reference: <c>*</c>.</summary>
    public static Region Unplaced { get; } = new(null, 1, OpenEnd);

    /// <summary>Null for the unplaced reads.</summary>
    public ReferenceSequence? Reference { get; }

    /// <summary>The first base, 1 or more.</summary>
    public long First { get; }

    /// <summary>The last base, not before the first one.</summary>
    public long Last { get; }

    public bool IsUnplaced => Reference is null;

    /// <exception cref="ArgumentOutOfRangeException">The first base is before 1, or the last before the first.</exception>
    public static Region Of(ReferenceSequence reference, long first = 1, long last = OpenEnd)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return new Region(reference, first, last);
    }

    /// <summary>
    /// For people, as they write it; a name with a colon in braces. It is not for parsing again: in a file with a reference
    /// named <c>chr1:5-6</c> that could also be meant by a range of chr1.
    /// </summary>
    public override string ToString()
    {
        if (Reference is null)
            return "*";
        var name = Reference.Name.AsSpan().ContainsAny(":{*,") ? $"{{{Reference.Name}}}" : Reference.Name;
        return (First, Last) switch
        {
            (1, OpenEnd) => name,
            (_, OpenEnd) => $"{name}:{First}",
            _ => $"{name}:{First}-{Last}",
        };
    }
}
