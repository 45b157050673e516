namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Inflates gzip members, one at a time. An instance keeps native state and scratch memory, so it belongs to one thread at
/// a time; make it with <see cref="InflaterProvider.CreateInflater"/> and use it for many of them: none allocates.
/// </summary>
public interface IInflater : IDisposable
{
    /// <summary>
    /// Inflates a whole member and checks it against its footer (CRC-32 and ISIZE, RFC 1952 section 2.3.1).
    /// </summary>
    /// <param name="member">The member.</param>
    /// <param name="destination">Exactly ISIZE bytes: what the footer says it inflates to.</param>
    /// <returns><see cref="InflateOutcome.Ok"/>, or what is wrong; the destination's content is then undefined.</returns>
    InflateOutcome Inflate(GzipMember member, Span<byte> destination);
}

/// <summary>What came of inflating one member.</summary>
public enum InflateOutcome
{
    /// <summary>The data inflated to ISIZE bytes with the CRC-32 of the footer.</summary>
    Ok,

    /// <summary>The bytes are not a DEFLATE stream (RFC 1951).</summary>
    BadData,

    /// <summary>A DEFLATE stream, but of more or fewer bytes than ISIZE.</summary>
    SizeMismatch,

    /// <summary>The right number of bytes, but not those whose CRC-32 the footer has.</summary>
    CrcMismatch,
}
