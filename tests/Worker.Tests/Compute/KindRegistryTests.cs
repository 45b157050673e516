using System.Buffers;
using ActorCompute.Kinds;
using ActorCompute.Plugins;
using ActorCompute.Worker.Commands;
using ActorCompute.Worker.Compute;

namespace ActorCompute.Worker.Tests.Compute;

public sealed class KindRegistryTests
{
    [Fact]
    public void BuiltIn_EveryKindThatComesWithActorCompute_IsThere()
    {
        foreach (var kind in BuiltInKinds.All)
        {
            // Another version is refused for that, so the name is known.
            var error = Assert.Throws<InputException>(() => KindRegistry.BuiltIn.Open(kind.Name, "another", default));
            Assert.Contains("version", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_KnownKindAndVersion_OpensItsWork()
    {
        IJobKind kind = BuiltInKinds.PrimesTest;
        var job = kind.Prepare(new ParameterValues().Add("number", "7"));
        using var work = KindRegistry.BuiltIn.Open(kind.Name, kind.Version, job.Parameters);
        Assert.NotNull(work);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Primes-Test")]
    [InlineData("System.IO.File")]
    public void Open_UnknownKind_IsBadInput(string name) =>
        Assert.Contains($"no kind '{name}'", Assert.Throws<InputException>(() => KindRegistry.BuiltIn.Open(name, "1", default)).Message, StringComparison.Ordinal);

    /// <summary>What the worker was started with decides, and nothing that a client sends.</summary>
    [Fact]
    public void Open_CommandWhereNoneMayRun_IsRefusedWithWhatAllowsIt()
    {
        IJobKind kind = BuiltInKinds.Command;
        var job = kind.Prepare(new ParameterValues().Add("item", "x").Add("word", "id"));
        var error = Assert.Throws<InputException>(() => KindRegistry.Create(PluginCatalog.Empty, null).Open(kind.Name, kind.Version, job.Parameters));
        Assert.Contains("--allow-commands", error.Message, StringComparison.Ordinal);
        using var work = KindRegistry.Create(PluginCatalog.Empty, null, commands: CommandRunner.Create()).Open(kind.Name, kind.Version, job.Parameters);
        Assert.NotNull(work);
    }

    [Fact]
    public void Open_OtherVersion_SaysBoth()
    {
        var error = Assert.Throws<InputException>(() => KindRegistry.BuiltIn.Open("primes-count", "99", default));
        Assert.Contains("version 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("client 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MalformedParameters_IsAFormatError() =>
        Assert.Throws<FormatException>(() => KindRegistry.BuiltIn.Open("primes-count", "1", new byte[3]));

    [Fact]
    public void Open_CrashOnlyWithAllowCrashes_IsThereOrRefusedWithWhatAllowsIt()
    {
        IJobKind kind = BuiltInKinds.Crash;
        var job = kind.Prepare(new ParameterValues().Add("item", "x").Add("attempts", "0"));
        var error = Assert.Throws<InputException>(() => KindRegistry.Create(PluginCatalog.Empty, null).Open(kind.Name, kind.Version, job.Parameters));
        Assert.Contains("--allow-crashes", error.Message, StringComparison.Ordinal);

        // With no attempt left to crash in, it gives its input back.
        using var work = (IOpenedCpuWork)KindRegistry.Create(PluginCatalog.Empty, null, allowCrashes: true).Open(kind.Name, kind.Version, job.Parameters);
        var result = new ArrayBufferWriter<byte>();
        work.Execute("\"x\""u8, result, new(0, 1, default));
        Assert.Equal("\"x\""u8, result.WrittenSpan);
    }
}
