namespace ActorCompute.Support;

/// <summary>A program that has ended: what was typed, its exit status, and what it wrote.</summary>
internal sealed record ProgramResult(string CommandLine, int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)
{
    /// <summary>The rows of an answer in tsv: column name to text, in the order of the lines.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows
    {
        get
        {
            var names = Output[0].Split('\t');
            return [.. Output.Skip(1).Select(line => names.Zip(line.Split('\t')).ToDictionary(pair => pair.First, pair => pair.Second))];
        }
    }

    /// <summary>Exit status 0 and nothing on standard error.</summary>
    public ProgramResult AssertClean()
    {
        AssertExit(0);
        Assert.True(Error.Count == 0, $"standard error is not empty. {this}");
        return this;
    }

    public ProgramResult AssertExit(int expected)
    {
        Assert.True(ExitCode == expected, $"exit status {ExitCode}, not {expected}. {this}");
        return this;
    }

    /// <summary>Bad input, refused before anything ran: one line on standard error that says all of this, nothing on standard output.</summary>
    public ProgramResult AssertRefused(int exitCode, params string[] parts)
    {
        AssertExit(exitCode);
        Assert.True(Output.Count == 0, $"standard output is not empty. {this}");
        Assert.True(Error is [_], $"not one line on standard error. {this}");
        return AssertSays("error: ", parts);
    }

    /// <summary>Exactly one line on standard error starts like this, and it says all of that.</summary>
    public ProgramResult AssertSays(string start, params string[] parts)
    {
        var lines = Error.Where(line => line.StartsWith(start, StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count == 1, $"{lines.Count} lines on standard error start with '{start}', not one. {this}");
        foreach (var part in parts) Assert.True(lines[0].Contains(part, StringComparison.Ordinal), $"'{lines[0]}' does not say '{part}'. {this}");
        return this;
    }

    /// <summary>No exception reached standard error as a stack trace.</summary>
    public ProgramResult AssertNoStackTrace()
    {
        Assert.True(!Error.Concat(Output).Any(line => line.Contains("   at ", StringComparison.Ordinal) || line.Contains("Unhandled exception", StringComparison.Ordinal)), $"a stack trace. {this}");
        return this;
    }

    public override string ToString()
    {
        const int most = 40;
        return $"'{CommandLine}' ended with status {ExitCode}.\nstandard output:\n{Lines(Output)}\nstandard error:\n{Lines(Error)}";

        static string Lines(IReadOnlyList<string> lines) => string.Join('\n', lines.Take(most).Select(line => "  " + line)) + (lines.Count > most ? $"\n  … {lines.Count} lines" : "");
    }
}
