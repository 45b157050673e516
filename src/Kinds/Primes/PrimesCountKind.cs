using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kinds.Primes;

/// <summary>How many primes there are in a range: a task for each piece of it.</summary>
internal sealed class PrimesCountKind : SplittableJobKind<NumberRange, NumberRange, ulong, ulong>
{
    // Pieces of the whole range: enough that workers end together, with many of them too.
    private const ulong Pieces = 256;

    // The same where each piece costs much to begin.
    private const ulong CostlyPieces = 8;

    // A shorter piece costs more to begin than to sieve.
    private const ulong ShortestPiece = 1 << 24;

    // A second or a few of work: the longest that another client's job waits for its turn. Not above the sieve's longest
    // segment (128 MiB of 30 numbers each): for a rest it would walk over all base primes once more.
    private const ulong LongestPiece = 4_000_000_000;

    /// <summary>For tests: how long pieces are; null for what suits workers.</summary>
    internal Func<NumberRange, ulong>? PieceLengthOf { get; init; }

    public override string Name => "primes-count";

    public override string Summary => "Counts the primes in a range up to 2^64-1.";

    public override IReadOnlyList<ParameterDescription> Parameters => NumberRange.Parameters;

    protected override ICodec<NumberRange> ParametersCodec => NumberRangeCodec.Instance;

    protected override ICodec<NumberRange> TaskCodec => NumberRangeCodec.Instance;

    protected override ICodec<ulong> ResultCodec => UInt64Codec.Instance;

    /// <summary>
    /// The length of the pieces. Each must also pay for the base primes up to its square root: that is a sixth of the work when
    /// the piece is as long as this root, and a third when it is half as long, which is still worth a second worker.
    /// </summary>
    internal static ulong PieceLength(NumberRange range)
    {
        var length = range.To - range.From;
        var root = (ulong)Math.Sqrt(range.To);
        var worthItsBasePrimes = Math.Clamp(length / CostlyPieces, root / 2, Math.Min(4 * root, LongestPiece));
        return Math.Max(Math.Clamp(length / Pieces, ShortestPiece, LongestPiece), worthItsBasePrimes);
    }

    protected override NumberRange ReadParameters(ParameterValues values) => NumberRange.Read(values);

    protected override JobPlan<NumberRange> Plan(NumberRange parameters, CancellationToken cancellation)
    {
        var length = (PieceLengthOf ?? PieceLength)(parameters);
        return new(parameters.Split(length), parameters.PiecesOf(length));
    }

    protected override ulong Merge(ulong first, ulong second) => first + second;

    protected override ISplittableWork<NumberRange, ulong> Open(NumberRange parameters) => new Work();

    protected override IReduction<NumberRange, ulong, ulong> Reduce(NumberRange parameters) => new Reduction();

    private sealed class Work : ISplittableWork<NumberRange, ulong>
    {
        public ulong Execute(NumberRange task, TaskContext context, TaskSplit<NumberRange> split) =>
            PrimeSieve.Count(task.From, task.To, next => GaveBack(new(next, task.To), split), out _, context.Cancellation);

        /// <summary>Between segments: gives back what is left, if that is wanted and worth the base primes of more than one piece.</summary>
        private static bool GaveBack(NumberRange rest, TaskSplit<NumberRange> split)
        {
            if (split.Pieces is not (> 0 and var pieces)) return false;
            var length = rest.To - rest.From;
            var worth = Math.Min((ulong)pieces, length / Math.Max(ShortestPiece, (ulong)Math.Sqrt(rest.To) / 2));
            if (worth < 2) return false;
            // One number more than an even share, so that rounding makes no piece too many.
            split.GiveBack([.. rest.Split((length / worth) + 1)]);
            return true;
        }
    }

    private sealed class Reduction : IReduction<NumberRange, ulong, ulong>
    {
        private ulong _count;
        private bool _failed;
        private TaskRun? _last;

        public ResultSchema<ulong> Schema { get; } = new([new("primes", count => count)]) { HasHeader = false, TaskNoun = "piece" };

        public void Add(NumberRange task, ulong result, TaskRun run, IResultSink<ulong> sink)
        {
            _count += result;
            _last = run;
        }

        public void AddFailure(NumberRange task, TaskFailure failure, TaskRun run, IResultSink<ulong> sink)
        {
            _failed = true;
            sink.Note(Note.OfFailure($"{task.From} to {task.To} was not counted: {failure.Message}"));
        }

        public void Complete(IResultSink<ulong> sink)
        {
            // A sum that lacks a piece is no answer.
            if (!_failed) sink.Row(_count, _last);
        }
    }
}
