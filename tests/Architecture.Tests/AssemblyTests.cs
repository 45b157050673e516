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
    public void Scheduling_Refers_ToAbstractionsAlone() => Assert.Equal(["ActorCompute.Abstractions"], ReferencesOf("ActorCompute.Scheduling").Where(reference => !IsFramework(reference)));

    [Fact]
    public void Cli_Refers_ToNoActor() => Assert.DoesNotContain(ReferencesOf("actorcompute"), IsAkka);

    [Theory]
    [InlineData("actorcompute-seed", "ActorCompute.Kernels")]
    [InlineData("actorcompute-seed", "ActorCompute.Client")]
    [InlineData("ActorCompute.Client", "ActorCompute.Kinds")]
    [InlineData("ActorCompute.Client", "ActorCompute.Kernels")]
    public void Assembly_DoesNotRefer_ToThis(string name, string other) => Assert.DoesNotContain(other, ReferencesOf(name));

    [Theory]
    [InlineData("ActorCompute.Client")]
    [InlineData("ActorCompute.Hosting")]
    [InlineData("actorcompute-worker")]
    public void Assembly_RefersToAspNetCore_Never(string name) => Assert.DoesNotContain(ReferencesOf(name), reference => reference.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    /// <summary>So that a worker loads the client with the first call that a task makes, and no worker that has none: docs/decisions/0015-tasks-that-use-the-cluster.md.</summary>
    [Fact]
    public void Worker_UsesOfTheClient_OneMethodAlone()
    {
        using var file = Open("actorcompute-worker");
        var reader = file.GetMetadataReader();
        var types = reader.TypeReferences.Where(handle => IsOf("ActorCompute.Client", reader, reader.GetTypeReference(handle))).ToList();
        Assert.Equal(["TaskCluster"], types.Select(handle => reader.GetString(reader.GetTypeReference(handle).Name)));
        var members = reader.MemberReferences.Select(reader.GetMemberReference).Where(member => member.Parent.Kind == HandleKind.TypeReference && types.Contains((TypeReferenceHandle)member.Parent));
        Assert.Equal(["Attach"], members.Select(member => reader.GetString(member.Name)));
    }

    private static bool IsOf(string assembly, MetadataReader reader, TypeReference type) =>
        type.ResolutionScope.Kind == HandleKind.AssemblyReference && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == assembly;

    private static PEReader Open(string assembly) => new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));

    private static bool IsFramework(string name) => name is "mscorlib" or "netstandard" or "System" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);

    private static bool IsAkka(string name) => name == "Akka" || name.StartsWith("Akka.", StringComparison.Ordinal);

    private static List<string> ReferencesOf(string assembly)
    {
        using var file = Open(assembly);
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }
}
