using System.Buffers;
using ActorCompute.Kinds;
using ActorCompute.Messages;
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

    [Fact]
    public void Open_KindOfTheProgramItself_IsMadeOfItsClassWhereTheCallerIsTrusted()
    {
        IJobKind kind = new Doubling();
        var type = Reference(typeof(Doubling));
        var registry = KindRegistry.Create(PluginCatalog.Empty, new([], trustsCaller: true));
        using var work = (IOpenedCpuWork)registry.Open(kind.Name, KindVersion.Of(kind), "true"u8.ToArray(), type: type);
        var result = new ArrayBufferWriter<byte>();
        work.Execute("21"u8, result, new(0, 1, default));
        Assert.Equal("42"u8, result.WrittenSpan);

        // Elsewhere it says what would help, in both ways.
        var error = Assert.Throws<InputException>(() => KindRegistry.Create(PluginCatalog.Empty, new([], trustsCaller: false)).Open(kind.Name, KindVersion.Of(kind), default, type: type));
        Assert.Contains("has no kind 'doubling'", error.Message, StringComparison.Ordinal);
        Assert.Contains("has no ActorCompute.Worker.Tests.dll", error.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => KindRegistry.Create(PluginCatalog.Empty, null).Open(kind.Name, KindVersion.Of(kind), default, type: type));
    }

    [Fact]
    public void Open_ClassThatIsNoKindOrHasAnotherName_IsRefused()
    {
        var registry = KindRegistry.Create(PluginCatalog.Empty, new([], trustsCaller: true));
        Assert.Contains("that can be made without arguments", Assert.Throws<InputException>(() => registry.Open("doubling", "1", default, type: Reference(typeof(KindRegistryTests)))).Message, StringComparison.Ordinal);
        Assert.Contains("has no kind 'another'", Assert.Throws<InputException>(() => registry.Open("another", "1", default, type: Reference(typeof(Doubling)))).Message, StringComparison.Ordinal);
        // A built-in kind's name stays that kind's.
        Assert.Contains("version 1", Assert.Throws<InputException>(() => registry.Open("primes-count", "99", default, type: Reference(typeof(Doubling)))).Message, StringComparison.Ordinal);
    }

    private static FunctionReference Reference(Type type) => new()
    {
        Assembly = type.Assembly.GetName().Name!,
        Path = type.Assembly.Location,
        Module = Google.Protobuf.ByteString.CopyFrom(type.Module.ModuleVersionId.ToByteArray()),
        Method = type.MetadataToken,
        Name = type.FullName!,
    };

    private sealed class Doubling : JobKind<bool, int, int, int>, ITaskWork<int, int>
    {
        public override string Name => "doubling";

        public override string Summary => "Doubles numbers.";

        public int Execute(int task, TaskContext context) => 2 * task;

        protected override JobPlan<int> Plan(bool parameters, CancellationToken cancellation) => new([21], 1);

        protected override ITaskWork<int, int> Open(bool parameters) => this;

        protected override IReduction<int, int, int> Reduce(bool parameters) => throw new NotSupportedException();
    }
}
