using System.Text.RegularExpressions;

namespace ActorCompute.Engine.Tests.ApiSubset;

/// <summary>Reads the checked-in list of Akka.NET's API.</summary>
internal static partial class ApiList
{
    public static IReadOnlyDictionary<string, ApiType> Parse(IEnumerable<string> lines)
    {
        var types = new Dictionary<string, ApiType>();
        var members = new List<ApiMember>();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (line[0] == ' ')
            {
                members.Add(new ApiMember(MemberName(line.Trim()), line.Trim()));
                continue;
            }
            members = [];
            var type = Header(line, members);
            types.Add(type.Name, type);
        }
        return types;
    }

    /// <summary>The name by which members form a group: without arguments and generic parameters.</summary>
    public static string MemberName(string line)
    {
        // "public static Type Name<T>(...)", "public Type Name { get; }", "public static field Type Name", "public .ctor(...)"
        var end = line.IndexOf('(');
        var brace = line.IndexOf(" {", StringComparison.Ordinal);
        if (brace >= 0 && (end < 0 || brace < end))
            end = brace;
        var head = end < 0 ? line : line[..end];
        if (head.Contains('['))
            head = head[..head.LastIndexOf('[')];
        var name = head[(head.LastIndexOf(' ') + 1)..];
        return name.Split('<')[0];
    }

    private static ApiType Header(string line, List<ApiMember> members)
    {
        var match = HeaderPattern().Match(line);
        if (!match.Success)
            throw new FormatException($"Not a line of the API list: {line}");
        var interfaces = match.Groups["interfaces"].Value;
        return new ApiType(match.Groups["kind"].Value, match.Groups["modifier"].Value.Trim(), match.Groups["name"].Value,
            match.Groups["base"].Value, interfaces.Split(", ", StringSplitOptions.RemoveEmptyEntries).ToHashSet(), match.Groups["where"].Value, members);
    }

    [GeneratedRegex(@"^(?<kind>class|struct|interface|enum|delegate) (?<modifier>(static |abstract |sealed )?)(?<name>\S+) \[[^\]]+\]( : (?<base>\S+))?( ~ (?<interfaces>.*?))?(?<where>( where .*)?)$")]
    private static partial Regex HeaderPattern();
}
