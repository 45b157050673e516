using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ActorCompute.Plugins;

/// <summary>The id that the compiler gives each build of a module: two files with the same one hold the same code.</summary>
internal static class ModuleId
{
    /// <summary>Reads it from a file without loading that; null if the file is no .NET assembly.</summary>
    public static Guid? Of(string path) => Read(path, reader => reader.GetGuid(reader.GetModuleDefinition().Mvid));

    /// <summary>Whether an assembly refers to another by simple name, read without loading it.</summary>
    internal static bool RefersTo(string path, string name) => Read(path, reader =>
        reader.AssemblyReferences.Any(handle => reader.StringComparer.Equals(reader.GetAssemblyReference(handle).Name, name)) ? true : (bool?)null) ?? false;

    private static T? Read<T>(string path, Func<MetadataReader, T?> read)
        where T : struct
    {
        try
        {
            using var file = new PEReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return file.HasMetadata ? read(file.GetMetadataReader()) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Guid? Read(string path, Func<MetadataReader, Guid> read) => Read<Guid>(path, reader => read(reader));
}
