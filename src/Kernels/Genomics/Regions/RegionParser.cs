namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Reads region strings as samtools does:
/// <c>chr2</c>, <c>chr2:1000</c> (on to the end), <c>chr2:-1000</c> (from the start), <c>chr2:1,000-2,000</c>,
/// <c>chr2:1k-1.5M</c>, <c>{name:with:colons}:1-5</c>, and <c>*</c> for the unplaced reads. Positions count from 1, both
/// ends within; behind the end of the reference they are accepted.
/// </summary>
/// <remarks>
/// Names can have colons in them. The text is a whole name if there is such a reference, else a name and a range, split
/// at the last colon. If both could be meant, that is an error that names both; braces around the name decide.
/// Unlike samtools, 0 is refused as a position.
/// </remarks>
public static class RegionParser
{
    /// <exception cref="RegionException">It is no region of this file.</exception>
    public static Region Parse(string text, BamHeader header)
    {
        if (text == "*")
            return Region.Unplaced;
        if (text.StartsWith('{'))
            return ParseBraced(text, header);

        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return Region.Of(Find(text, text, header));

        var (name, range) = (text[..colon], text[colon..]);
        if (!header.TryFind(text, out var whole))
            return ParseRange(text, range, Find(text, name, header));
        if (!header.TryFind(name, out _))
            return Region.Of(whole);
        throw new RegionException(text, RegionError.Ambiguous, "there is a reference of that name, and one named "
            + $"'{name}'. Write {{{text}}} for the first, {{{name}}}{range} for a range of the second.");
    }

    private static Region ParseBraced(string text, BamHeader header)
    {
        var close = text.IndexOf('}', StringComparison.Ordinal);
        if (close < 0)
            throw new RegionException(text, RegionError.BadSyntax, "the closing brace is missing.");

        var reference = Find(text, text[1..close], header);
        var range = text[(close + 1)..];
        if (range.Length == 0)
            return Region.Of(reference);
        return range[0] == ':' ? ParseRange(text, range, reference)
            : throw new RegionException(text, RegionError.BadSyntax, $"after the brace comes ':' and a range, not '{range}'.");
    }

    private static ReferenceSequence Find(string text, string name, BamHeader header)
    {
        if (header.TryFind(name, out var reference))
            return reference;
        if (header.References.Count == 0)
            throw new RegionException(text, RegionError.UnknownReference, "the file has no references, only unplaced reads (*).");
        var detail = $"there is no reference '{name}'. The first of {header.References.Count} is '{header.References[0].Name}'.";
        throw new RegionException(text, RegionError.UnknownReference, detail) { UnknownName = name };
    }

    // From the colon on. Nothing behind the colon is the whole reference, as samtools takes it.
    private static Region ParseRange(string text, string range, ReferenceSequence reference)
    {
        var rest = range.AsSpan(1);
        if (rest.IsEmpty)
            return Region.Of(reference);

        var first = rest[0] == '-' ? 1 : ReadPosition(text, ref rest);
        if (rest.IsEmpty)
            return Region.Of(reference, first);
        if (rest[0] != '-')
            throw new RegionException(text, RegionError.BadSyntax, $"'{rest}' is not expected there.");
        rest = rest[1..];
        if (rest.IsEmpty && range.Length > 2)
            return Region.Of(reference, first);

        var last = ReadPosition(text, ref rest);
        if (!rest.IsEmpty)
        {
            throw rest[0] == '-' && range[1] == '-'
                ? new RegionException(text, RegionError.BadRange, "positions count from 1; there are no negative ones.")
                : new RegionException(text, RegionError.BadSyntax, $"'{rest}' is not expected there.");
        }

        return first <= last ? Region.Of(reference, first, last)
            : throw new RegionException(text, RegionError.BadRange, $"{first} comes after {last}.");
    }

    private static long ReadPosition(string text, ref ReadOnlySpan<char> rest)
    {
        if (rest.Length > 0 && rest[0] == '-')
            throw new RegionException(text, RegionError.BadRange, "positions count from 1; there are no negative ones.");
        return GenomicPosition.Read(ref rest) switch
        {
            null => throw new RegionException(text, RegionError.BadSyntax,
                rest.IsEmpty ? "a position is missing." : $"'{rest}' is not a position."),
            0 => throw new RegionException(text, RegionError.BadRange, "positions count from 1; there is no 0."),
            GenomicPosition.TooLarge => throw new RegionException(text, RegionError.BadRange, "the position is too large."),
            { } position => position,
        };
    }
}
