using ActorCompute.Kinds.Depth;
using ActorCompute.Kinds.Flagstat;
using ActorCompute.Kinds.Functions;
using ActorCompute.Kinds.Primes;
using ActorCompute.Kinds.Programs;
using ActorCompute.Kinds.Scan;

namespace ActorCompute.Kinds;

/// <summary>The job kinds that come with ActorCompute, the same on client and worker.</summary>
internal static class BuiltInKinds
{
    public static ScanKind Scan { get; } = new();

    public static FlagstatKind Flagstat { get; } = new();

    public static DepthKind Depth { get; } = new();

    public static PrimesTestKind PrimesTest { get; } = new();

    public static PrimesCountKind PrimesCount { get; } = new();

    public static PrimesListKind PrimesList { get; } = new();

    public static FibFunction Fib { get; } = new();

    public static SumSquaresFunction SumSquares { get; } = new();

    public static CountFunction Count { get; } = new();

    public static SleepFunction Sleep { get; } = new();

    public static EchoFunction Echo { get; } = new();

    public static FetchFunction Fetch { get; } = new();

    /// <summary>For tests and experiments: not among <see cref="All"/>, but on workers started with <c>--allow-crashes</c>.</summary>
    public static CrashFunction Crash { get; } = new();

    /// <summary>Refuses to run anything; a worker that may has another one.</summary>
    public static CommandFunction Command { get; } = new();

    public static IReadOnlyList<IJobKind> All { get; } =
        [Scan, Flagstat, Depth, PrimesTest, PrimesCount, PrimesList, Fib, SumSquares, Count, Sleep, Echo, Fetch, Command];

    /// <summary>The names that no kind of others can have, with who has them.</summary>
    public static IReadOnlyDictionary<string, string> Names => All.Append(Crash).ToDictionary(kind => kind.Name, _ => "a built-in kind");
}
