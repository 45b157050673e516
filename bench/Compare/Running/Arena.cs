using System.Globalization;
using ActorCompute.Measuring;

namespace ActorCompute.Compare.Running;

/// <summary>How a run is made.</summary>
/// <param name="Repeats">Measured values of each contender.</param>
/// <param name="IsQuick">Small work, to see that everything runs.</param>
/// <param name="BamFile">The file for the scans; null for one made here.</param>
/// <param name="FilesFolder">Where files that are made stay; null when they do not.</param>
/// <param name="PublishedFolder">Where the product is published; null if it is not.</param>
internal sealed record ArenaOptions(int Repeats, bool IsQuick, string? BamFile, string? FilesFolder, string? PublishedFolder);

/// <summary>
/// Where rows are measured: the contenders of a row in turns (A B C, A B C, …), so that whatever the machine does besides
/// falls on all of them alike. What comes of it is told on a line at once, and kept for the table.
/// </summary>
internal sealed class Arena(ArenaOptions options, TextWriter progress)
{
    private readonly List<RowResult> _results = [];
    private readonly List<Absence> _absences = [];

    public ArenaOptions Options => options;

    public IReadOnlyList<RowResult> Results => _results;

    public IReadOnlyList<Absence> Absences => _absences;

    /// <summary>The size of some work: the whole, or a small part of it in a quick run.</summary>
    public int Size(int whole, int quick) => options.IsQuick ? quick : whole;

    /// <summary>Measures a row. Without its product, or without anybody else where the goal is a ratio, it is left out by name.</summary>
    public async Task RunAsync(Row row, CancellationToken cancellation)
    {
        foreach (var missing in row.Contenders.Where(contender => contender.MeasureAsync is null)) NoteAbsence(new(row.Name, missing.Name, missing.Missing!));
        if (row.Contenders[0].MeasureAsync is null) return;

        var present = row.Contenders.Where(contender => contender.MeasureAsync is not null).ToList();
        var values = present.ToDictionary(contender => contender, _ => new List<double>());
        progress.WriteLine($"{row.Group}: {row.Name}");
        foreach (var contender in present)
        {
            for (var i = 0; i < contender.WarmUps; i++) await contender.MeasureAsync!(cancellation).ConfigureAwait(false);
        }

        for (var round = 0; round < options.Repeats; round++)
        {
            foreach (var contender in present)
            {
                var value = await contender.MeasureAsync!(cancellation).ConfigureAwait(false);
                values[contender].Add(value);
                progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {round + 1}/{options.Repeats} {contender.Name}: {Figures.Text(value)} {row.Unit}"));
            }
        }

        _results.Add(new(row, [.. present.Select(contender => new Standing(contender.Name, new(contender.Name, row.Unit, values[contender])))]));
    }

    /// <summary>Takes a row of one that was measured elsewhere, when a run gives values for several.</summary>
    public void Add(string group, string name, string unit, Better better, string who, IReadOnlyList<double> values, Goal? goal)
    {
        var result = new RowResult(new(group, name, unit, better, []) { Goal = goal }, [new(who, new(who, unit, values))]);
        progress.WriteLine($"{group}: {name}: {Figures.Text(result.Standings[0].Values.Median)} {unit}");
        _results.Add(result);
    }

    /// <summary>Leaves a row out.</summary>
    public void Skip(string row, string why) => NoteAbsence(new(row, "the row", why));

    private void NoteAbsence(Absence absence)
    {
        _absences.Add(absence);
        progress.WriteLine($"skipped: {absence.Row}: {absence.Name}: {absence.Why}");
    }
}
