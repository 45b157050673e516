namespace ActorCompute.Samples.Tests;

/// <summary>Where the built plug-in lies: what a user names with <c>--plugins</c>.</summary>
internal static class OwnKindFolder
{
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "OwnKind", Configuration));

    // artifacts/bin/<Project>/<configuration>/: the plug-in's output stands beside this one.
    private static string Configuration => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string File { get; } = System.IO.Path.Combine(Path, "ActorCompute.OwnKind.dll");
}
