namespace ActorCompute.EndToEnd.Journal;

/// <summary>What the tests of journals look at in the answers of commands.</summary>
internal static class JournalCommand
{
    /// <summary>The one row of <c>jobs DIR</c>.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> StateAsync(string folder) =>
        Assert.Single((await CommandLineProgram.RunAsync("jobs", folder)).AssertClean().Rows);

    /// <summary>Starts a command and kills it, with no chance to react, when so many bytes stand in its journal.</summary>
    public static async Task KillAtAsync(string folder, long bytes, params IReadOnlyList<string> arguments)
    {
        await using var program = RunningProgram.StartCli([.. arguments, "--journal", folder]);
        await GrowAsync(folder, bytes);
        program.Kill();
        await program.AssertFamilyEndsAsync("after the kill", RunningProgram.Limit);
    }

    /// <summary>Waits until so many bytes stand in a journal.</summary>
    public static Task GrowAsync(string folder, long bytes)
    {
        var journal = new FileInfo(Path.Combine(folder, "journal.acj"));
        return Poll.UntilAsync($"{bytes} bytes in the journal", RunningProgram.Limit, () =>
        {
            journal.Refresh();
            return journal.Exists && journal.Length >= bytes;
        });
    }
}
