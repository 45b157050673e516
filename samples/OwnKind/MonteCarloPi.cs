using System.Globalization;

namespace ActorCompute.OwnKind;

/// <summary>What a job is asked.</summary>
public sealed record PiParameters(long Points, int Tasks, int Seed);

/// <summary>What one task is asked: how many points, and from which seed.</summary>
public sealed record PiTask(long Points, int Seed);

/// <summary>The answer.</summary>
/// <param name="Pi">The estimate.</param>
/// <param name="Points">The points it is made of.</param>
/// <param name="Error">Its standard deviation.</param>
public sealed record PiEstimate(double Pi, long Points, double Error);

/// <summary>
/// π by throwing points at a square: a kind with a plan and a reduction of its own.
/// <c>actorcompute run monte-carlo-pi --plugins DIR -p points=1e8</c>.
/// </summary>
public sealed class MonteCarloPi : JobKind<PiParameters, PiTask, long, PiEstimate>
{
    private const int MostTasks = 1_000_000;

    public override string Name => "monte-carlo-pi";

    // Changes when parameters, tasks, results or the way of computing do: old and new workers then refuse each other's jobs.
    public override string Version => "1";

    public override string Summary => "Estimates π from random points in a square.";

    public override IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        new("points", "points to throw, 1 to 1e15", IsRequired: true),
        new("tasks", "tasks to cut them into, 1 to a million; default 100"),
        new("seed", "a whole number; the same gives the same points; default 1"),
    ];

    protected override PiParameters ReadParameters(ParameterValues values) => new(
        Whole(values, "points", 1, 1_000_000_000_000_000),
        (int)Whole(values, "tasks", 1, MostTasks, otherwise: 100),
        (int)Whole(values, "seed", int.MinValue, int.MaxValue, otherwise: 1));

    // On the client, lazily: a million tasks are not all in memory.
    protected override JobPlan<PiTask> Plan(PiParameters parameters, CancellationToken cancellation)
    {
        var tasks = (int)Math.Min(parameters.Tasks, parameters.Points);
        var (each, more) = Math.DivRem(parameters.Points, tasks);
        return new(Enumerable.Range(0, tasks).Select(index => new PiTask(each + (index < more ? 1 : 0), unchecked((parameters.Seed * 1_000_003) + index))), tasks);
    }

    // On each worker, once for a job: what its tasks share would be opened here.
    protected override ITaskWork<PiTask, long> Open(PiParameters parameters) => new Work();

    protected override IReduction<PiTask, long, PiEstimate> Reduce(PiParameters parameters) => new Reduction();

    private static long Whole(ParameterValues values, string name, long least, long most, long? otherwise = null)
    {
        var text = values.Optional(name);
        if (text is null) return otherwise ?? throw new InputException($"{name} is missing.");
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) && number >= least && number <= most
            ? (long)number
            : throw new InputException($"{name} '{text}': give a whole number from {least} to {most}.");
    }

    private sealed class Work : ITaskWork<PiTask, long>
    {
        public long Execute(PiTask task, TaskContext context)
        {
            var random = new Random(task.Seed);
            var inside = 0L;
            for (var point = 0L; point < task.Points; point++)
            {
                if (point % 65536 == 0) context.Cancellation.ThrowIfCancellationRequested();
                var (x, y) = (random.NextDouble(), random.NextDouble());
                if ((x * x) + (y * y) < 1) inside++;
            }

            return inside;
        }
    }

    private sealed class Reduction : IReduction<PiTask, long, PiEstimate>
    {
        private long _points;
        private long _inside;

        public ResultSchema<PiEstimate> Schema { get; } = new([new("pi", row => row.Pi), new("points", row => row.Points), new("error", row => row.Error)])
        {
            Line = (row, _) => string.Create(CultureInfo.InvariantCulture, $"π ≈ {row.Pi:F6} ± {row.Error:F6}"),
        };

        // The total is all: no row for a single task.
        public void Add(PiTask task, long result, TaskRun run, IResultSink<PiEstimate> sink) => (_points, _inside) = (_points + task.Points, _inside + result);

        public void AddFailure(PiTask task, TaskFailure failure, TaskRun run, IResultSink<PiEstimate> sink) =>
            sink.Note(Note.OfFailure($"{task.Points} points are missing: {failure.Message}"));

        public void Complete(IResultSink<PiEstimate> sink)
        {
            if (_points == 0) return;
            var pi = 4.0 * _inside / _points;
            // One standard deviation of the estimate.
            var error = 4 * Math.Sqrt(Math.PI / 4 * (1 - (Math.PI / 4)) / _points);
            sink.Row(new(pi, _points, error), null);
        }
    }
}
