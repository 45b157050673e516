using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kinds.Primes;

/// <summary>Whether each of some numbers is prime: a task for each number.</summary>
internal sealed class PrimesTestKind : JobKind<PrimesTestParameters, ulong, bool, PrimeRow>
{
    public override string Name => "primes-test";

    public override string Summary => "Tests numbers up to 2^64-1 for primality, without error.";

    public override IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        new("number", "a number, 0 to 2^64-1", IsRepeatable: true),
        new("from-file", "a text file with a number on each line, - for standard input; blank lines and lines from # on are skipped"),
    ];

    protected override ICodec<PrimesTestParameters> ParametersCodec => PrimesTestCodec.Instance;

    protected override ICodec<ulong> TaskCodec => UInt64Codec.Instance;

    protected override ICodec<bool> ResultCodec => BooleanCodec.Instance;

    protected override PrimesTestParameters ReadParameters(ParameterValues values)
    {
        var numbers = values.All("number").Select(Numbers.Parse).ToArray();
        var file = values.Optional("from-file");
        return numbers.Length > 0 || file is not null
            ? new(numbers, file)
            : throw new InputException("there is no number to test; give some, or --from-file FILE.");
    }

    protected override JobPlan<ulong> Plan(PrimesTestParameters parameters, CancellationToken cancellation)
    {
        if (parameters.File is null) return new(parameters.Numbers, parameters.Numbers.Count);
        if (StandardInput.Is(parameters.File)) StandardInput.CheckOpen();
        // What can be read only once is read as the job runs, and a wrong line is found when its turn comes.
        if (InputFile.IsReadOnce(parameters.File)) return new(parameters.Numbers.Concat(NumberFile.Read(parameters.File, cancellation)), null);
        var file = InputFile.Of(parameters.File);
        // Read once to check and count, and again while the job runs: a file of any length, and nothing has run when a line is wrong.
        var lines = NumberFile.Read(parameters.File, cancellation).LongCount();
        var count = parameters.Numbers.Count + lines;
        return count > 0
            ? new(parameters.Numbers.Concat(NumberFile.Read(parameters.File, lines, cancellation)), count) { Inputs = [file] }
            : throw new InputException($"{parameters.File}: there is no number in it.");
    }

    protected override ITaskWork<ulong, bool> Open(PrimesTestParameters parameters) => new Work();

    protected override IReduction<ulong, bool, PrimeRow> Reduce(PrimesTestParameters parameters) => new Reduction();

    private sealed class Work : ITaskWork<ulong, bool>
    {
        public bool Execute(ulong task, TaskContext context) => Primality.IsPrime(task);
    }

    private sealed class Reduction : IReduction<ulong, bool, PrimeRow>
    {
        public ResultSchema<PrimeRow> Schema { get; } = new([new("number", row => row.Number), new("prime", row => row.IsPrime)])
        {
            TaskNoun = "number",
            Line = (row, run) => $"{row.Number} {(row.IsPrime ? "is prime" : "is not prime")}, worker {run?.Worker}",
        };

        public void Add(ulong task, bool result, TaskRun run, IResultSink<PrimeRow> sink) =>
            sink.Row(new(task, result), run);

        public void AddFailure(ulong task, TaskFailure failure, TaskRun run, IResultSink<PrimeRow> sink) =>
            sink.Note(Note.OfFailure($"{task} could not be tested: {failure.Message}"));

        public void Complete(IResultSink<PrimeRow> sink)
        {
        }
    }
}

/// <summary>The numbers to test.</summary>
/// <param name="Numbers">Those given one by one.</param>
/// <param name="File">A file with more, or null.</param>
internal sealed record PrimesTestParameters(IReadOnlyList<ulong> Numbers, string? File);
