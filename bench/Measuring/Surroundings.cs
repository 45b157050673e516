using System.Globalization;
using System.Runtime.InteropServices;
using ActorCompute.Messages;

namespace ActorCompute.Measuring;

/// <summary>Where and on what was measured: without these a figure says little.</summary>
public sealed record Surroundings(string Engine, string Runtime, string System, string Processor, int Cores, string Date, string? Load)
{
    /// <summary>Now, here.</summary>
    public static Surroundings Look() => new(
        BuildInfo.Engine,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        ProcessorName(),
        Environment.ProcessorCount,
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        LoadAverage());

    public override string ToString() =>
        $"{Engine} on {Runtime}; {Cores} cores of {Processor}; {System}; {Date}{(Load is null ? "" : $"; load average {Load}")}";

    // Windows says it in a variable, Linux in a file; elsewhere the architecture has to do.
    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string? LoadAverage()
    {
        const string file = "/proc/loadavg";
        return File.Exists(file) ? string.Join(' ', File.ReadAllText(file).Split(' ').Take(3)) : null;
    }
}
