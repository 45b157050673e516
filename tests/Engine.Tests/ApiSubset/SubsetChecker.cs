using System.Text.RegularExpressions;

namespace ActorCompute.Engine.Tests.ApiSubset;

/// <summary>
/// Checks that what compiles against the engine compiles against Akka.NET: every type and member is in the list as it
/// is here, groups of overloads are whole, whoever derives sees all that is abstract. Says what is wrong, type by type.
/// </summary>
/// <param name="excused">Lines of the list ("Type: line") that a group or a derivable type lacks here for a reason.</param>
internal sealed partial class SubsetChecker(IReadOnlyDictionary<string, ApiType> list, IReadOnlyCollection<string> excused)
{
    private readonly HashSet<string> _visible = [];
    private readonly HashSet<string> _usedExcuses = [];
    private readonly List<string> _wrong = [];

    public IReadOnlyList<string> Check(IReadOnlyCollection<ApiType> types)
    {
        _visible.UnionWith(types.Select(type => Bare(type.Name)));
        foreach (var type in types.OrderBy(type => type.Name, StringComparer.Ordinal))
            Check(type);
        foreach (var stale in excused.Except(_usedExcuses))
            _wrong.Add($"excused.txt: '{stale}' excuses nothing that is missing");
        return _wrong;
    }

    private void Check(ApiType type)
    {
        if (!list.TryGetValue(type.Name, out var listed))
        {
            _wrong.Add($"{type.Name}: Akka.NET has no such visible type (make it internal)");
            return;
        }
        CheckHeader(type, listed);
        foreach (var member in type.Members.Where(member => !listed.Members.Any(other => Same(member, other, listed))))
            _wrong.Add($"{type.Name}: Akka.NET lacks '{member.Line}'");
        foreach (var missing in listed.Members.Where(other => !type.Members.Any(member => Same(member, other, listed))))
        {
            if (missing.Name != "" && type.Members.Any(member => member.Name == missing.Name))
                Missing(type, missing, "its group of overloads is not whole without");
            else if (type.IsDerivable && missing.IsAbstract)
                Missing(type, missing, "who derives from it has to see");
            else if (type.Kind == "enum")
                _wrong.Add($"{type.Name}: its values differ from '{missing.Line}'");
        }
    }

    private void CheckHeader(ApiType type, ApiType listed)
    {
        if (type.Kind != listed.Kind || type.Modifier != listed.Modifier)
            _wrong.Add($"{type.Name}: is '{type.Kind} {type.Modifier}', in Akka.NET '{listed.Kind} {listed.Modifier}'");
        if (type.Constraints != listed.Constraints)
            _wrong.Add($"{type.Name}: constraints '{type.Constraints}', in Akka.NET '{listed.Constraints}'");
        if (type.Base != listed.Base && (type.Base != "" || IsSeen(listed.Base)))
            _wrong.Add($"{type.Name}: derives from '{type.Base}', in Akka.NET from '{listed.Base}'");
        foreach (var added in type.Interfaces.Except(listed.Interfaces))
            _wrong.Add($"{type.Name}: implements {added}, in Akka.NET it does not");
        foreach (var missing in listed.Interfaces.Except(type.Interfaces).Where(IsSeen))
            _wrong.Add($"{type.Name}: does not implement {missing}, in Akka.NET it does");
    }

    /// <summary>A base that the application does not see here cannot be overridden: there the word does not count.</summary>
    private bool Same(ApiMember member, ApiMember other, ApiType listed) =>
        member.Line == other.Line
        || (listed.Base != "" && !IsSeen(listed.Base) && member.Line == other.Line.Replace(" override ", " ", StringComparison.Ordinal));

    private void Missing(ApiType type, ApiMember missing, string why)
    {
        var excuse = $"{type.Name}: {missing.Line}";
        if (!excused.Contains(excuse))
        {
            _wrong.Add($"{type.Name}: {why} '{missing.Line}'");
            return;
        }
        _usedExcuses.Add(excuse);
        if (AkkaNames().Matches(missing.Line).All(match => IsSeen(match.Value)))
            _wrong.Add($"excused.txt: '{excuse}' mentions only types that the engine has, so it can have the member too");
    }

    private bool IsSeen(string name) => !name.StartsWith("Akka.", StringComparison.Ordinal) ? name != "" : _visible.Contains(Bare(name));

    private static string Bare(string name) => name.Split('<')[0];

    [GeneratedRegex(@"\bAkka(\.\w+)+(\+\w+)*")]
    private static partial Regex AkkaNames();
}
