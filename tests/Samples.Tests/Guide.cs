using System.Text.RegularExpressions;

namespace ActorCompute.Samples.Tests;

/// <summary>The code that the guide shows.</summary>
internal static partial class Guide
{
    /// <summary>The program of its first section.</summary>
    public static Task<string> FirstProgramAsync() => StartAsync("csharp");

    /// <summary>The project that builds it from a clone.</summary>
    public static Task<string> FirstProjectAsync() => StartAsync("xml");

    private static async Task<string> StartAsync(string language)
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(ProgramFolder.Repository, "docs", "guide.md"));
        var start = guide[guide.IndexOf("\n## Start", StringComparison.Ordinal)..guide.IndexOf("\n## From Python", StringComparison.Ordinal)];
        return Assert.Single(Fence.Matches(start), match => match.Groups[1].Value == language).Groups[2].Value;
    }

    /// <summary>A piece of code of a page: its language, and its lines.</summary>
    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    internal static partial Regex Fence { get; }
}
