namespace ActorCompute.Kinds.Functions;

/// <summary><c>echo</c>: gives its input back, to see what a task costs by itself.</summary>
internal sealed class EchoFunction : ComputeFunction<string, string>
{
    public override string Name => "echo";

    public override string Summary => "Gives its input back.";

    protected override string Compute(string input, TaskContext context) => input;
}
