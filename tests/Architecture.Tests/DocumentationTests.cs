using System.Text.RegularExpressions;

namespace ActorCompute.Architecture.Tests;

/// <summary>What the documents point at exists.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Documents_RelativeLinks_LeadToFilesOfTheRepository()
    {
        var documents = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md"))
            .ToList();
        var links = documents.SelectMany(document => Links().Matches(File.ReadAllText(document)).Select(link => (document, Target: link.Groups[1].Value))).ToList();

        Assert.True(links.Count > 20, $"only {links.Count} links were found; is the pattern still right?");
        Assert.Empty(links.Where(link => !Exists(link.document, link.Target)).Select(link => $"{Path.GetFileName(link.document)}: {link.Target}"));
    }

    private static bool Exists(string document, string target)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, target));
        return File.Exists(path) || Directory.Exists(path);
    }

    // [text](target), but no address of another site and no anchor.
    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)")]
    private static partial Regex Links();
}
