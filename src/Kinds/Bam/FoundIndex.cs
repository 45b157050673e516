using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>
/// The index that a job uses, and what is to be said about those that it does not: an index that was not asked for by name
/// never keeps a file from being read that can be read without.
/// </summary>
/// <param name="Index">The index; null for none.</param>
/// <param name="Notes">Indexes that cannot be used, and one that may be out of date.</param>
internal sealed record FoundIndex(BamIndex? Index, IReadOnlyList<Note> Notes)
{
    /// <summary>Looks for the index of a file. Client and workers find the same, in the same files.</summary>
    /// <exception cref="InputException">The index that was named cannot be used.</exception>
    public static FoundIndex Of(BamFile file, IndexChoice choice)
    {
        if (choice.IsLeftAlone) return new(null, []);
        if (choice.Path is { } named) return Found(file, BamInput.Guard(named, () => Load(file, named)), []);
        var notes = BamIndexLocator.DanglingLinks(file.Path).Select(link => new Note($"{link}: is a link to a file that is not there.")).ToList();
        foreach (var path in BamIndexLocator.All(file.Path))
        {
            try
            {
                return Found(file, BamInput.Guard(path, () => Load(file, path)), notes);
            }
            catch (InputException e)
            {
                notes.Add(new(e.Message));
            }
        }

        return new(null, notes);
    }

    /// <summary>The index, for what cannot be had without.</summary>
    /// <param name="file">The file.</param>
    /// <param name="what">What needs it, with its verb: "regions need".</param>
    /// <exception cref="InputException">There is none that can be used; the message says why.</exception>
    public BamIndex Required(BamFile file, string what)
    {
        if (Index is not null) return Index;
        var reasons = string.Concat(Notes.Select(note => note.Text + " "));
        throw new InputException(Notes.Count == 0
            ? $"{file.Path}: has no index, and {what} one; make it with 'samtools index {file.Path}'."
            : $"{reasons}Without it {file.Path} has no index, and {what} one.");
    }

    private static FoundIndex Found(BamFile file, BamIndex index, List<Note> notes)
    {
        if (index.IsOlderThanBam) notes.Add(new($"{index.Path}: is older than {file.Path}; if that has changed since, make it again with 'samtools index'."));
        return new(index, notes);
    }

    private static BamIndex Load(BamFile file, string path)
    {
        BamInput.CheckType(path, "an index");
        var index = BamIndex.Load(file, path);
        index.CheckFits(file);
        return index;
    }
}
