using System.CommandLine;

namespace ActorCompute.Cli.Commands;

/// <summary>The options of the verbs that read a BAM file: which index goes with it.</summary>
/// <param name="canGoWithout">Whether the verb can do without one.</param>
internal sealed class IndexOptions(bool canGoWithout)
{
    private readonly Option<string?> _index = new("--index") { Description = "The index, where it is not beside the BAM file; as in samtools, FILE.bam##idx##INDEX says the same." };

    private readonly Option<bool> _noIndex = new("--no-index") { Description = "Leave the index alone: the file is read from end to end by one worker." };

    public void AddTo(Command command)
    {
        command.Options.Add(_index);
        if (canGoWithout) command.Options.Add(_noIndex);
    }

    /// <summary>The file and its index as parameters of a kind.</summary>
    public ParameterValues Read(ParseResult parsed, string file)
    {
        var values = new ParameterValues().Add("file", file);
        if (parsed.GetValue(_index) is { } index) values.Add("index", index);
        if (canGoWithout && parsed.GetValue(_noIndex)) values.Add("no-index", "true");
        return values;
    }
}
