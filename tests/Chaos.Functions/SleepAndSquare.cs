using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.Chaos.Functions;

/// <summary><c>sleep-and-square</c>: n² after a pause. Each attempt's begin and end go to a file, which outlives the process.</summary>
public sealed class SleepAndSquare : ComputeFunction<long, long>
{
    // One instance serves all slots of a process.
    private readonly ConcurrentDictionary<string, EventFile> _files = new();

    public override string Name => "sleep-and-square";

    public override string Summary => "The square of a number after a pause, written down; one number may kill its process, another never ends.";

    protected override IReadOnlyList<ParameterDescription> OwnParameters { get; } =
    [
        new("events", "the folder for what is written down", IsRequired: true),
        new("ms", "the pause in milliseconds", IsRequired: true),
        new("kills", "the number whose task kills its process"),
        new("hangs", "the number whose task loops for ever and ignores its token"),
    ];

    protected override long Compute(long input, TaskContext context)
    {
        var file = _files.GetOrAdd(context.Parameters.Required("events"), folder => new(folder));
        file.Write(EventFile.Started, context.Number, context.Attempt);
        if (input == Number(context, "kills")) KillSelf();
        while (input == Number(context, "hangs")) Thread.SpinWait(10_000);
        context.Cancellation.WaitHandle.WaitOne((int)Number(context, "ms")!.Value);
        context.Cancellation.ThrowIfCancellationRequested();
        file.Write(EventFile.Finished, context.Number, context.Attempt);
        return input * input;
    }

    private static long? Number(TaskContext context, string name) =>
        context.Parameters.Optional(name) is { } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static void KillSelf()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        self.WaitForExit();
    }
}
