namespace ActorCompute.Kinds.Functions;

/// <summary><c>sleep</c>: waits without using a thread.</summary>
internal sealed class SleepFunction(TimeProvider? time = null) : IoFunction<double, double>
{
    private const double LongestSeconds = 86_400;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public override string Name => "sleep";

    public override string Summary => "Waits for so many seconds (0 to 86400), without using a thread.";

    protected override async ValueTask<double> RunAsync(double input, TaskContext context)
    {
        // Written so that NaN is refused too.
        if (input is not (>= 0 and <= LongestSeconds)) throw new InputException($"sleep({input}): give 0 to {LongestSeconds} seconds.");
        await Task.Delay(TimeSpan.FromSeconds(input), _time, context.Cancellation).ConfigureAwait(false);
        return input;
    }
}
