using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.Kinds.Functions;

/// <summary><c>crash</c>: ends the worker's process, to see what happens to the tasks around it. Workers have it only with <c>--allow-crashes</c>.</summary>
internal sealed class CrashFunction : ComputeFunction<string, string>
{
    private const int DefaultExitCode = 70;

    public override string Name => "crash";

    public override string Summary => "Ends the worker's process, on workers started with --allow-crashes; for tests and experiments.";

    protected override IReadOnlyList<ParameterDescription> OwnParameters { get; } =
    [
        new("how", "exit (default), fail-fast (an unhandled error of the runtime) or kill (as kill -9)"),
        new("code", $"with exit: the exit status, 0 to 255; default {DefaultExitCode}"),
        new("attempts", "crash only in the first so many attempts at a task, then give its input back; default: in all"),
    ];

    protected override void CheckParameters(ParameterValues own) => Read(own);

    protected override string Compute(string input, TaskContext context)
    {
        var (crash, attempts) = Read(context.Parameters);
        if (context.Attempt > attempts) return input;
        crash();
        throw new InvalidOperationException("the process is still there.");
    }

    private static (Action Crash, int Attempts) Read(ParameterValues values)
    {
        var code = Number(values, "code", byte.MaxValue) ?? DefaultExitCode;
        Action crash = values.Optional("how") switch
        {
            null or "exit" => () => Environment.Exit(code),
            "fail-fast" => () => Environment.FailFast("the job kind 'crash' was asked to do this"),
            "kill" => KillSelf,
            { } other => throw new InputException($"how={other}: give exit, fail-fast or kill."),
        };
        return (crash, Number(values, "attempts", int.MaxValue) ?? int.MaxValue);
    }

    private static int? Number(ParameterValues values, string name, int largest) =>
        values.Optional(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest ? number
        : throw new InputException($"{name}={text}: give 0 to {largest}.");

    private static void KillSelf()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // The signal is on its way; nothing may be answered before it is there.
        self.WaitForExit();
    }
}
