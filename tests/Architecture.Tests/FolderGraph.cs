using System.Text.RegularExpressions;

namespace ActorCompute.Architecture.Tests;

/// <summary>Which folders of a project use types of which others, by the names in the sources. A folder's types are those of its own files, not of folders in it.</summary>
/// <remarks>
/// Comments, texts and <c>using</c> lines do not count; nor do types that are nested, or extension methods that are called without
/// their class. What is behind a dot is a member; where a member has the name of a type, what stands where only a member can is not
/// taken for the type.
/// </remarks>
internal sealed partial class FolderGraph
{
    private readonly Dictionary<string, Dictionary<string, SortedSet<string>>> _uses = new(StringComparer.Ordinal);

    private FolderGraph()
    {
    }

    /// <summary>The folders, from that of the whole with "" for itself.</summary>
    public IEnumerable<string> Folders => _uses.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads the files below a folder of the repository.</summary>
    public static FolderGraph Of(string root) =>
        Of(Repository.Files(root, "*.cs").Select(path => (Path.GetDirectoryName(path[(root.Length + 1)..])!.Replace('\\', '/'), Path.GetFileName(path), Repository.Read(path))));

    public static FolderGraph Of(IEnumerable<(string Folder, string File, string Text)> sources)
    {
        var files = sources.Select(source => (source.Folder, source.File, Code: CodeOf(source.Text))).ToList();
        var types = files.SelectMany(file => TypeDeclaration().Matches(file.Code).Select(match => (Name: match.Groups["name"].Value, file.Folder))).ToLookup(type => type.Name, type => type.Folder);
        var graph = new FolderGraph();
        foreach (var (folder, file, code) in files)
        {
            if (!graph._uses.TryGetValue(folder, out var uses)) graph._uses.Add(folder, uses = new(StringComparer.Ordinal));
            foreach (var name in Name().Matches(code).Select(match => match.Value).Distinct())
            {
                if (types[name].Contains(folder)) continue;
                foreach (var other in types[name])
                {
                    if (!uses.TryGetValue(other, out var places)) uses.Add(other, places = new(StringComparer.Ordinal));
                    places.Add($"{name} in {file}");
                }
            }
        }

        return graph;
    }

    /// <summary>What a folder uses of others: "Indexing: BamIndex in BamPasses.cs, …".</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> UsesOf(string folder) => _uses[folder];

    /// <summary>The circles: folders that use each other, directly or by way of others. Each line is one circle, with what closes it.</summary>
    public IReadOnlyList<string> Circles()
    {
        var reached = _uses.Keys.ToDictionary(folder => folder, Reached, StringComparer.Ordinal);
        var circles = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in Folders)
        {
            if (!reached[folder].Contains(folder) || !seen.Add(folder)) continue;
            List<string> circle = [folder, .. reached[folder].Where(other => other != folder && reached[other].Contains(folder)).Order(StringComparer.Ordinal)];
            seen.UnionWith(circle);
            var uses = circle.SelectMany(from => _uses[from].Where(use => circle.Contains(use.Key)).Select(use => $"{Shown(from)} -> {Shown(use.Key)} ({string.Join(", ", use.Value)})"));
            circles.Add($"{string.Join(", ", circle.Select(Shown))}: {string.Join("; ", uses)}");
        }

        return circles;
    }

    private static string Shown(string folder) => folder.Length == 0 ? "." : folder;

    private HashSet<string> Reached(string folder)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>([folder]);
        while (left.TryPop(out var next))
        {
            foreach (var other in _uses[next].Keys)
            {
                if (reached.Add(other)) left.Push(other);
            }
        }

        return reached;
    }

    // What is in the holes of an interpolated text is code.
    private static string CodeOf(string text) =>
        NoCode().Replace(text, match => match.Value[0] == '$' ? string.Join(' ', Hole().Matches(match.Value).Select(hole => hole.Groups[1].Value)) : " ");

    [GeneratedRegex("""(?sx) //[^\n]* | /\*.*?\*/ | \$*\"{3,}.*?\"{3,} | @"(?:[^"]|"")*" | \$?"(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+' | (?m:^(?:global\ )?using\ [^;(]*;|^namespace\ [\w.]+)""")]
    private static partial Regex NoCode();

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?m)^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe)\s+)*(?:(?:class|struct|interface|enum|record(?:\s+(?:struct|class))?)\s+(?<name>[A-Z]\w*)|delegate\s+[^(;]+?\s(?<name>[A-Z]\w*)\s*(?:<[^(;]*>)?\()")]
    private static partial Regex TypeDeclaration();

    // Not what is declared behind a type: "long Region", "Region Region", "List<T> Region", "T? Region"; nor "Region:" and "Region =" in patterns and initializers.
    [GeneratedRegex("""(?x) (?<![\w.]) (?<! \b(?:bool|byte|sbyte|char|short|ushort|int|uint|long|ulong|nint|nuint|float|double|decimal|string|object|void|[A-Z]\w*)\s ) (?<! (?:[\w>\]][>?]|\[\])\s ) [A-Z]\w*\b (?! \s*(?::(?!:)|=[^=>]) )""")]
    private static partial Regex Name();
}
