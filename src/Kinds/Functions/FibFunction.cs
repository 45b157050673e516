using ActorCompute.Kernels.Numbers;

namespace ActorCompute.Kinds.Functions;

/// <summary><c>fib</c>: Fibonacci numbers the slow way, to burn CPU time.</summary>
internal sealed class FibFunction : ComputeFunction<int, long>
{
    public override string Name => "fib";

    public override string Summary => $"Fibonacci number of n (0 to {Fibonacci.Largest}) by naive recursion: burns CPU time.";

    protected override long Compute(int input, TaskContext context) => input is >= 0 and <= Fibonacci.Largest
        ? Fibonacci.Recursive(input, context.Cancellation)
        : throw new InputException($"fib({input}): give 0 to {Fibonacci.Largest}.");
}
