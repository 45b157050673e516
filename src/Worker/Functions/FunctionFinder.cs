using System.Reflection;
using ActorCompute.Messages;
using ActorCompute.Plugins;

namespace ActorCompute.Worker.Functions;

/// <summary>From a reference on the wire to the method, or the class of a kind.</summary>
internal static class FunctionFinder
{
    private const int GuidBytes = 16;

    /// <exception cref="InputException">It is not here.</exception>
    public static MethodInfo Find(FunctionReference? reference, FunctionLibrary library)
    {
        if (reference is null) throw new InputException("the call names no function.");
        var assembly = Load(reference, library);
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

    /// <summary>Makes a kind of its class.</summary>
    /// <exception cref="InputException">It is not here, or is no kind that can be made.</exception>
    public static IJobKind MakeKind(FunctionReference reference, FunctionLibrary library)
    {
        var assembly = Load(reference, library);
        try
        {
            if (assembly.ManifestModule.ResolveType(reference.Method) is { ContainsGenericParameters: false, IsAbstract: false } type && typeof(IJobKind).IsAssignableFrom(type))
                return (IJobKind)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException or MissingMethodException)
        {
            // Worded below.
        }

        throw new InputException($"{reference.Assembly} has no kind {reference.Name} that can be made without arguments.");
    }

    private static Assembly Load(FunctionReference reference, FunctionLibrary library) => reference.Module.Length == GuidBytes
        ? library.Load(reference.Assembly, reference.Path, new Guid(reference.Module.Span))
        : throw new InputException($"the build of {reference.Assembly} is not named.");
}
