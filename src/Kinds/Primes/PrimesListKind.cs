using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kinds.Primes;

/// <summary>The primes in a range, ascending when the outcomes are taken in plan order: a task for each piece of it.</summary>
internal sealed class PrimesListKind : JobKind<NumberRange, NumberRange, IReadOnlyList<ulong>, ulong>
{
    // A piece holds at most 82,025 primes (those below 2^20), so a result stays around 100 KB.
    private const ulong PieceLength = 1 << 20;

    public override string Name => "primes-list";

    public override string Summary => "Lists the primes in a range up to 2^64-1.";

    public override IReadOnlyList<ParameterDescription> Parameters => NumberRange.Parameters;

    protected override ICodec<NumberRange> ParametersCodec => NumberRangeCodec.Instance;

    protected override ICodec<NumberRange> TaskCodec => NumberRangeCodec.Instance;

    protected override ICodec<IReadOnlyList<ulong>> ResultCodec => AscendingCodec.Instance;

    protected override NumberRange ReadParameters(ParameterValues values) => NumberRange.Read(values);

    protected override JobPlan<NumberRange> Plan(NumberRange parameters, CancellationToken cancellation) =>
        new(parameters.Split(PieceLength), parameters.PiecesOf(PieceLength));

    protected override ITaskWork<NumberRange, IReadOnlyList<ulong>> Open(NumberRange parameters) => new Work();

    protected override IReduction<NumberRange, IReadOnlyList<ulong>, ulong> Reduce(NumberRange parameters) => new Reduction();

    private sealed class Work : ITaskWork<NumberRange, IReadOnlyList<ulong>>
    {
        public IReadOnlyList<ulong> Execute(NumberRange task, TaskContext context) =>
            PrimeSieve.Enumerate(task.From, task.To, context.Cancellation).ToList();
    }

    private sealed class Reduction : IReduction<NumberRange, IReadOnlyList<ulong>, ulong>
    {
        public ResultSchema<ulong> Schema { get; } = new([new("prime", prime => prime)]) { HasHeader = false, TaskNoun = "piece" };

        public void Add(NumberRange task, IReadOnlyList<ulong> result, TaskRun run, IResultSink<ulong> sink)
        {
            foreach (var prime in result) sink.Row(prime, run);
        }

        public void AddFailure(NumberRange task, TaskFailure failure, TaskRun run, IResultSink<ulong> sink) =>
            sink.Note(Note.OfFailure($"{task.From} to {task.To} is missing from the list: {failure.Message}"));

        public void Complete(IResultSink<ulong> sink)
        {
        }
    }
}
