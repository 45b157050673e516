using System.CommandLine;

namespace ActorCompute.Measuring;

/// <summary>The options that all of these programs share.</summary>
public sealed class RunOptions(int repeats)
{
    public Option<int> Repeats { get; } = new("--repeats") { Description = "Measured repetitions of each, after those that warm up.", DefaultValueFactory = _ => repeats };

    public Option<string?> Json { get; } = new("--json") { Description = "Also write all values to this file." };

    public Option<bool> Quick { get; } = new("--quick") { Description = "A few seconds in all, to see that everything runs; the figures mean nothing." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Repeats, Json, Quick }) command.Options.Add(option);
    }

    public int ReadRepeats(ParseResult parsed) => parsed.GetValue(Quick) ? 2 : Math.Max(1, parsed.GetValue(Repeats));
}
