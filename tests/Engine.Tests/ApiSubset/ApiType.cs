namespace ActorCompute.Engine.Tests.ApiSubset;

/// <summary>A visible type as the API list writes it. Names are full, generic arguments in angle brackets.</summary>
internal sealed record ApiType(
    string Kind, string Modifier, string Name, string Base, IReadOnlySet<string> Interfaces, string Constraints, IReadOnlyList<ApiMember> Members)
{
    /// <summary>Whether an application could derive from it: then it has to see everything abstract.</summary>
    public bool IsDerivable =>
        Kind == "interface" || (Kind == "class" && Modifier is "" or "abstract" && Members.Any(member => member.Name == ".ctor"));
}

/// <param name="Line">The line of the list, without its indentation.</param>
internal sealed record ApiMember(string Name, string Line)
{
    public bool IsAbstract => Line.Contains(" abstract ", StringComparison.Ordinal);
}
