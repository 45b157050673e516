namespace ActorCompute.Worker.Tests;

/// <summary>A kind whose work a test gives.</summary>
internal sealed class TestKind(string name, Func<IOpenedWork> open) : IJobKind
{
    public string Name { get; } = name;

    public string Version => "1";

    public string Summary => "";

    public IReadOnlyList<ParameterDescription> Parameters => [];

    public Job Prepare(ParameterValues values) => throw new InvalidOperationException("a worker prepares no job");

    public IOpenedWork Open(ReadOnlyMemory<byte> parameters) => open();
}
