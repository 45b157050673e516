using System.Globalization;

namespace ActorCompute.Soak;

/// <summary>What the processes took over the run, and whether it grew.</summary>
internal sealed class SampleTable
{
    // Growth between the second and the last quarter that noise explains: garbage that was not collected yet, a pool's thread.
    private const double MemoryShare = 0.15;
    private const double MemoryBytes = 16e6;
    private const double CountShare = 0.1;
    private const double Counts = 4;

    private readonly Dictionary<string, List<(TimeSpan At, ProcessSample Sample)>> _samples = [];

    public void Add(string name, TimeSpan at, ProcessSample? sample)
    {
        if (sample is not { } taken) return;
        if (!_samples.TryGetValue(name, out var list)) _samples.Add(name, list = []);
        list.Add((at, taken));
    }

    /// <summary>Writes the medians of each quarter.</summary>
    /// <returns>What has grown, in words; empty when nothing has.</returns>
    public IReadOnlyList<string> Write(TextWriter output, TimeSpan whole)
    {
        var grown = new List<string>();
        output.WriteLine("process   quarter   MB own   threads   descriptors");
        foreach (var (name, samples) in _samples.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var quarters = Enumerable.Range(0, 4).Select(quarter => samples.Where(sample => (int)Math.Min(3, 4 * (sample.At / whole)) == quarter).Select(sample => sample.Sample).ToList()).ToList();
            foreach (var (quarter, taken) in quarters.Index().Where(pair => pair.Item.Count > 0))
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10}{quarter + 1,6}{Median(taken, sample => sample.Memory) / 1e6,10:F1}{Median(taken, sample => sample.Threads),10:F0}{Median(taken, sample => sample.Descriptors),14:F0}"));
            if (quarters[1].Count == 0 || quarters[3].Count == 0) continue;
            Look(name, "memory", quarters, sample => sample.Memory, MemoryShare, MemoryBytes, grown);
            Look(name, "threads", quarters, sample => sample.Threads, CountShare, Counts, grown);
            Look(name, "descriptors", quarters, sample => sample.Descriptors, CountShare, Counts, grown);
        }

        return grown;
    }

    private static void Look(string name, string what, List<List<ProcessSample>> quarters, Func<ProcessSample, double> value, double share, double slack, List<string> grown)
    {
        var (before, after) = (Median(quarters[1], value), Median(quarters[3], value));
        if (after > (before * (1 + share)) + slack) grown.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {what} grew from {before:0} to {after:0}"));
    }

    private static double Median(List<ProcessSample> samples, Func<ProcessSample, double> value)
    {
        var sorted = samples.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
