using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ActorCompute.Architecture.Tests;

/// <summary>What the built assemblies really refer to.</summary>
public sealed class AssemblyTests
{
    [Theory]
    [InlineData("ActorCompute.Abstractions")]
    [InlineData("ActorCompute.Kernels")]
    public void PureAssembly_Refers_ToTheFrameworkAlone(string name) => Assert.All(ReferencesOf(name), reference => Assert.True(IsFramework(reference), reference));

    [Fact]
    public void Kinds_Refers_ToAbstractionsAndKernelsAlone() =>
        Assert.Equal(["ActorCompute.Abstractions", "ActorCompute.Kernels"], ReferencesOf("ActorCompute.Kinds").Where(reference => !IsFramework(reference)).Order(StringComparer.Ordinal));

    [Fact]
    public void Cli_Refers_ToNoActor() => Assert.DoesNotContain(ReferencesOf("actorcompute"), IsAkka);

    [Theory]
    [InlineData("actorcompute-seed", "ActorCompute.Kernels")]
    [InlineData("actorcompute-seed", "ActorCompute.Client")]
    [InlineData("actorcompute-worker", "ActorCompute.Client")]
    [InlineData("ActorCompute.Client", "ActorCompute.Kinds")]
    [InlineData("ActorCompute.Client", "ActorCompute.Kernels")]
    public void Assembly_DoesNotRefer_ToThis(string name, string other) => Assert.DoesNotContain(other, ReferencesOf(name));

    private static bool IsFramework(string name) => name is "mscorlib" or "netstandard" or "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);

    private static bool IsAkka(string name) => name == "Akka" || name.StartsWith("Akka.", StringComparison.Ordinal);

    private static List<string> ReferencesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }
}
