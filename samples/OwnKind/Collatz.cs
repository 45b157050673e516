namespace ActorCompute.OwnKind;

/// <summary>
/// The steps from a number to 1: halve it when it is even, else triple it and add one. A function is the shortest way to a
/// kind of your own: <c>actorcompute run collatz --plugins DIR --range 1..1e6</c>.
/// </summary>
public sealed class Collatz : ComputeFunction<long, int>
{
    public override string Name => "collatz";

    public override string Summary => "Counts the Collatz steps from a number to 1.";

    protected override int Compute(long input, TaskContext context)
    {
        if (input < 1) throw new InputException($"{input} is below 1; give 1 or more.");
        var steps = 0;
        for (var number = (Int128)input; number != 1; steps++)
        {
            // Nobody knows whether it always ends.
            context.Cancellation.ThrowIfCancellationRequested();
            number = number % 2 == 0 ? number / 2 : (3 * number) + 1;
        }

        return steps;
    }
}
