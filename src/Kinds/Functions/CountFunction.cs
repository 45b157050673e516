using ActorCompute.Kernels.Numbers;

namespace ActorCompute.Kinds.Functions;

/// <summary><c>count</c>: a loop that ignores its token, to see what a time-out does with it.</summary>
internal sealed class CountFunction : ComputeFunction<long, long>
{
    public override string Name => "count";

    public override string Summary => "Counts to n in a loop that cannot be interrupted: only a time-out that replaces the process ends it early.";

    protected override long Compute(long input, TaskContext context) => input >= 0
        ? Counting.To(input)
        : throw new InputException($"count({input}): give 0 or more.");
}
