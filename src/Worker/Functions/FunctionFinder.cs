using System.Reflection;
using ActorCompute.Messages;
using ActorCompute.Plugins;

namespace ActorCompute.Worker.Functions;

/// <summary>From a reference on the wire to the method.</summary>
internal static class FunctionFinder
{
    private const int GuidBytes = 16;

    /// <exception cref="InputException">It is not here.</exception>
    public static MethodInfo Find(FunctionReference? reference, FunctionLibrary library)
    {
        if (reference is null || reference.Module.Length != GuidBytes) throw new InputException("the call names no function.");
        var assembly = library.Load(reference.Assembly, reference.Path, new Guid(reference.Module.Span));
        try
        {
            // The same build has the same tokens, so this cannot be another method.
            if (assembly.ManifestModule.ResolveMethod(reference.Method) is MethodInfo { ContainsGenericParameters: false } method) return method;
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            // Worded below.
        }

        throw new InputException($"{reference.Assembly} has no method {reference.Name}.");
    }
}
