namespace ActorCompute.Client.Tests;

/// <summary>A kind whose plans the tests make themselves.</summary>
internal class TestKind : IJobKind
{
    public virtual string Name => "test-kind";

    public string Version => "7";

    public string Summary => "";

    public IReadOnlyList<ParameterDescription> Parameters => [];

    /// <summary>A job with so many tasks of four bytes.</summary>
    public static RunningJob Run(int tasks, JobOptions? options = null) => Run(Tasks(tasks), tasks, options);

    public static RunningJob Run(IEnumerable<ReadOnlyMemory<byte>> tasks, long? count, JobOptions? options = null, TestKind? kind = null) =>
        new(new TestJob(kind ?? new()), new(tasks, count), options ?? new());

    public static IEnumerable<ReadOnlyMemory<byte>> Tasks(int count) => Enumerable.Range(0, count).Select(number => (ReadOnlyMemory<byte>)BitConverter.GetBytes(number));

    public Job Prepare(ParameterValues values) => new TestJob(this);

    public IOpenedWork Open(ReadOnlyMemory<byte> parameters) => throw new InvalidOperationException("the client opens no work");

    private sealed class TestJob(TestKind kind) : Job(kind, "parameters"u8.ToArray())
    {
        internal override JobPlan<ReadOnlyMemory<byte>> Plan(CancellationToken cancellation) => throw new InvalidOperationException("planned by the test");

        internal override IJobReduction Reduce() => throw new InvalidOperationException("reduced by nobody");
    }
}
