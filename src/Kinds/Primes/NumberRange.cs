namespace ActorCompute.Kinds.Primes;

/// <summary>A range of numbers, both ends included.</summary>
internal readonly record struct NumberRange(ulong From, ulong To)
{
    /// <summary>The parameters that make a range.</summary>
    public static IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        new("from", "first number, 0 to 2^64-1", IsRequired: true),
        new("to", "last number, included", IsRequired: true),
    ];

    /// <summary>Reads a range from the parameters <c>from</c> and <c>to</c>.</summary>
    /// <exception cref="InputException">One of them is no number, or the range is empty.</exception>
    public static NumberRange Read(ParameterValues values)
    {
        var range = new NumberRange(Numbers.Parse(values.Required("from")), Numbers.Parse(values.Required("to")));
        return range.From <= range.To
            ? range
            : throw new InputException($"the range {values.Required("from")} to {values.Required("to")} is empty; give the smaller number first.");
    }

    /// <summary>Cuts the range into pieces of a length, the last one shorter.</summary>
    public IEnumerable<NumberRange> Split(ulong length)
    {
        for (var from = From; ;)
        {
            var last = To - from < length ? To : from + (length - 1);
            yield return new(from, last);
            if (last == To) yield break;
            from = last + 1;
        }
    }

    /// <summary>How many pieces <see cref="Split"/> gives.</summary>
    public long PiecesOf(ulong length) => (long)((To - From) / length) + 1;
}
