namespace ActorCompute.Plugins;

/// <summary>A kind that a plug-in brings.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="File">The assembly it comes from.</param>
internal sealed record PluginKind(IJobKind Kind, string File);
