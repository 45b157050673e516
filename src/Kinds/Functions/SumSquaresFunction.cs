using ActorCompute.Kernels.Numbers;

namespace ActorCompute.Kinds.Functions;

/// <summary><c>sum-squares</c>: 1² + … + n² by a loop.</summary>
internal sealed class SumSquaresFunction : ComputeFunction<long, UInt128>
{
    public override string Name => "sum-squares";

    public override string Summary => "Sum of the squares from 1 to n (at most 10^13) by a loop; a billion takes about a second.";

    protected override UInt128 Compute(long input, TaskContext context) => input is >= 0 and <= SquareSum.Largest
        ? SquareSum.UpTo(input, context.Cancellation)
        : throw new InputException($"sum-squares({input}): give 0 to {SquareSum.Largest}; beyond, the sum has more than 128 bits.");
}
