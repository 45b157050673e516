using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>
/// Cuts a file into parts, a task for each: references or regions, the large ones in several, of about as many compressed bytes;
/// or the whole file in one where there is no index.
/// </summary>
internal static class BamPlanner
{
    /// <param name="input">The file.</param>
    /// <param name="choice">Which index goes with it.</param>
    /// <param name="regions">Regions as a person wrote them; none for all references.</param>
    /// <param name="sizeAt">How large a part is, by the bytes that are left; null for <see cref="PartSizes.At"/>.</param>
    /// <exception cref="InputException">The file, its index or a region cannot be used.</exception>
    public static JobPlan<BamTask> Plan(InputFile input, IndexChoice choice, IReadOnlyList<string> regions, Func<long, long>? sizeAt)
    {
        using var file = BamInput.OpenFile(input);
        var notes = new List<Note>();
        if (!file.HasEndOfFileBlock) notes.Add(BamInput.CutOff(file));
        if (choice.IsLeftAlone && regions.Count > 0) throw new InputException("no-index: regions need the index; leave one of them out.");
        var found = FoundIndex.Of(file, choice);
        List<BamTask> tasks = (regions, found.Index) switch
        {
            ({ Count: > 0 }, _) => new Targets(file, found.Required(file, "regions need"), sizeAt ?? PartSizes.At).Of(regions),
            (_, null) => [new(BamTargetKind.WholeFile, "the file", new(-1, [], PartEnd.Open))],
            (_, { } index) => new Targets(file, index, sizeAt ?? PartSizes.At).All(),
        };
        notes.AddRange(found.Notes);
        if (found.Index is null && !choice.IsLeftAlone) notes.Add(WholeFile(file, hasOthers: found.Notes.Count > 0));
        return new(tasks, tasks.Count) { Notes = notes, Inputs = [.. BamInput.FilesOf(input, found.Index)] };
    }

    private static Note WholeFile(BamFile file, bool hasOthers) =>
        new($"{file.Path}: has no index{(hasOthers ? " that can be used" : "")}, so it is read from end to end by one worker; 'samtools index {file.Path}' makes one.");

    /// <summary>The tasks for what is to be counted, target by target.</summary>
    private sealed class Targets(BamFile file, BamIndex index, Func<long, long> sizeAt)
    {
        private readonly BamCutter _cutter = new(file, index, sizeAt);
        private readonly List<BamTask> _tasks = [];
        private int _targets;

        public List<BamTask> All()
        {
            foreach (var reference in file.Header.References)
            {
                var expected = index.CountsOf(reference.Id)?.Total;
                Add(_cutter.Reference(reference.Id), part => new(BamTargetKind.Reference, reference.Name, part, Length: reference.Length, Expected: expected));
            }

            AddUnplaced("*");
            return _tasks;
        }

        public List<BamTask> Of(IReadOnlyList<string> regions)
        {
            foreach (var text in regions)
            {
                var region = RegionText.Parse(text, file);
                if (region.Reference is { } reference) Add(text, region, reference);
                else AddUnplaced(text);
            }

            return _tasks;
        }

        private void Add(string text, Region region, ReferenceSequence reference)
        {
            var length = Math.Max(0, Math.Min(region.Last, reference.Length) - region.First + 1);
            var parts = BamInput.Guard(file.Path, () => _cutter.Region(reference.Id, region.First - 1, region.Last));
            Add(parts, part => new(BamTargetKind.Region, text, part, region.First, region.Last, length));
        }

        private void AddUnplaced(string label) => Add([_cutter.Unplaced()], part => new(BamTargetKind.Unplaced, label, part, Expected: index.Unplaced));

        private void Add(IReadOnlyList<BamPart> parts, Func<BamPart, BamTask> taskOf)
        {
            _tasks.AddRange(parts.Select(part => taskOf(part) with { Target = _targets, Parts = parts.Count }));
            _targets++;
        }
    }
}
