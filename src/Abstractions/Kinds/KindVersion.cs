namespace ActorCompute;

/// <summary>What client and worker compare before a job runs.</summary>
internal static class KindVersion
{
    private static readonly string[] Own = ["ActorCompute.Kinds", "actorcompute-worker"];

    /// <summary>
    /// The version of a kind as it travels. For a kind of others it names the build too: an old copy of a plug-in on one
    /// worker would compute something else in silence. The product's own kinds are the same in all builds of a release.
    /// </summary>
    public static string Of(IJobKind kind)
    {
        var type = kind.GetType();
        return Own.Contains(type.Assembly.GetName().Name) ? kind.Version : $"{kind.Version} (build {type.Module.ModuleVersionId.ToString("n")[..12]})";
    }
}
