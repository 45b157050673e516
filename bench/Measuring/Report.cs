using System.Globalization;
using System.Text.Json;

namespace ActorCompute.Measuring;

/// <summary>The measurements of one run: a table for people while they come, JSON for scripts in the end.</summary>
public sealed class Report(string title, TextWriter output)
{
    private const int NameWidth = 52;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Surroundings _before = Surroundings.Look();
    private readonly List<Measurement> _measurements = [];

    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>Writes what stands above the table.</summary>
    public void Begin()
    {
        output.WriteLine($"{title}: {_before}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-NameWidth} {"median",12} {"least",12} {"most",12}  unit (repetitions)"));
    }

    public void Add(Measurement measurement)
    {
        _measurements.Add(measurement);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{measurement.Name,-NameWidth} {Text(measurement.Median),12} {Text(measurement.Least),12} {Text(measurement.Most),12}  {measurement.Unit} ({measurement.Values.Count})"));
    }

    /// <summary>Writes all that was measured, with where and on what, before and after.</summary>
    public void WriteJson(string path)
    {
        var all = _measurements.Select(measurement => new { measurement.Name, measurement.Unit, measurement.Median, measurement.Least, measurement.Most, measurement.Values });
        File.WriteAllText(path, JsonSerializer.Serialize(new { Title = title, Before = _before, LoadAfter = Surroundings.Look().Load, Measurements = all }, Indented));
    }

    // Four digits tell apart what can be told apart.
    private static string Text(double value) => value.ToString(value >= 1000 ? "N0" : value >= 100 ? "F1" : value >= 10 ? "F2" : "F3", CultureInfo.InvariantCulture);
}
