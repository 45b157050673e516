namespace ActorCompute.Kinds.Bam;

/// <summary>Which index of a BAM file is used.</summary>
/// <param name="Path">The full path of the one that was named; null for the one beside the file.</param>
/// <param name="IsLeftAlone">None is.</param>
internal sealed record IndexChoice(string? Path = null, bool IsLeftAlone = false)
{
    // As samtools and htslib take it: x.bam##idx##elsewhere.bai.
    private const string Separator = "##idx##";

    /// <summary>The one beside the file.</summary>
    public static IndexChoice Beside { get; } = new();

    /// <summary>The parameters of every kind that reads a BAM file with its index.</summary>
    internal static ParameterDescription IndexParameter { get; } = new("index", "its index, where that is not beside it; also as FILE##idx##INDEX");

    /// <summary>And of those that can do without.</summary>
    internal static ParameterDescription NoIndexParameter { get; } = new("no-index", "true: leave the index alone and read the file from end to end; default false");

    /// <summary>Reads a file's name, and which index goes with it.</summary>
    /// <exception cref="InputException">There is no such file or index, or the parameters contradict each other.</exception>
    internal static (InputFile File, IndexChoice Index) Read(ParameterValues values)
    {
        var (file, index) = values.Required("file") is var given && given.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var at
            ? (given[..at], given[(at + Separator.Length)..])
            : (given, (string?)null);
        if (index is not null && values.Optional("index") is { } other) throw new InputException($"the index is given twice: {index} and {other}; give it once.");
        index ??= values.Optional("index");
        var isLeftAlone = values.Optional("no-index") is { } text && (bool.TryParse(text, out var truth) ? truth : throw new InputException($"no-index={text}: give true or false."));
        if (isLeftAlone && index is not null) throw new InputException($"index={index} and no-index: the index is used or left alone; leave one of them out.");
        var input = BamInput.Look(file, "a BAM file");
        return (input, new(index is null ? null : BamInput.Look(index, "an index").Path, isLeftAlone));
    }
}
