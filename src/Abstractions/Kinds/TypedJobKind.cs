namespace ActorCompute;

/// <summary>
/// What all kinds of job have in common: parameters, tasks, reduction, codecs. Derive from
/// <see cref="JobKind{TParameters,TTask,TResult,TRow}"/> for work that computes, from
/// <see cref="IoJobKind{TParameters,TTask,TResult,TRow}"/> for work that waits.
/// </summary>
/// <remarks>
/// One instance serves any number of jobs, on the client (parameters, plan, reduction) and on the workers (work), so
/// it holds no state of a job. Every value that travels is encoded by the codecs that the kind names.
/// </remarks>
/// <typeparam name="TParameters">The checked parameters of a job.</typeparam>
/// <typeparam name="TTask">What one task is asked: small, data is read where it lies.</typeparam>
/// <typeparam name="TResult">What one task answers: small as well.</typeparam>
/// <typeparam name="TRow">A row of the job's answer.</typeparam>
public abstract class TypedJobKind<TParameters, TTask, TResult, TRow> : IJobKind
{
    /// <summary>The name a person types and a worker looks up: lower-case letters, digits and hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>Changes with the parameters, tasks or results; a worker with another version refuses the job.</summary>
    public virtual string Version => "1";

    /// <summary>One line on what it does.</summary>
    public abstract string Summary { get; }

    /// <summary>What a person can set on a command line. Default: nothing.</summary>
    public virtual IReadOnlyList<ParameterDescription> Parameters => [];

    /// <summary>What each task needs of its worker's resources while it runs, unless a job says otherwise. Default: nothing.</summary>
    public virtual Resources Needs => Resources.None;

    /// <summary>
    /// Whether two tries of a task may run at the same time: one that takes very long is copied to an idle worker. Default: true. A task
    /// whose worker is lost is run again in any case, and the worker may be living.
    /// </summary>
    public virtual bool MayRunTwiceAtOnce => true;

    /// <summary>How parameters travel; JSON by default.</summary>
    protected virtual ICodec<TParameters> ParametersCodec => JsonCodec<TParameters>.Instance;

    /// <summary>How a task travels; JSON by default.</summary>
    protected virtual ICodec<TTask> TaskCodec => JsonCodec<TTask>.Instance;

    /// <summary>How a result travels; JSON by default.</summary>
    protected virtual ICodec<TResult> ResultCodec => JsonCodec<TResult>.Instance;

    /// <summary>Reads and checks the parameters a person gave. Default: refuses, as those of a kind that programs alone run.</summary>
    /// <exception cref="InputException">A parameter is missing or wrong; the message says what to do.</exception>
    protected virtual TParameters ReadParameters(ParameterValues values) =>
        throw new InputException($"the kind {Name} takes its parameters from a program, by With; it reads none from a command line.");

    /// <summary>
    /// The parameters without when their files were written: for a job to go on with a journal, these must be what they were. The journal looks at
    /// the files themselves (<see cref="JobPlan{TTask}.Inputs"/>), and a copy is the same input to it.
    /// </summary>
    protected virtual TParameters WithoutFileTimes(TParameters parameters) => parameters;

    /// <summary>Cuts a job into tasks. Called on the client; the tasks are drawn one by one, only as workers have room.</summary>
    /// <exception cref="InputException">The input cannot be used; nothing has been run.</exception>
    protected abstract JobPlan<TTask> Plan(TParameters parameters, CancellationToken cancellation);

    /// <summary>Brings the results of one job together. Called on the client.</summary>
    protected abstract IReduction<TTask, TResult, TRow> Reduce(TParameters parameters);

    /// <summary>A job with these parameters: <c>cluster.Run(kind.With(parameters))</c>.</summary>
    /// <exception cref="InputException">What travels of the kind would not arrive as it is.</exception>
    public Job<TRow> With(TParameters parameters) => JobOf(parameters, ParameterValues.None);

    /// <summary>A job with parameters as a person gives them on a command line: names and texts.</summary>
    /// <exception cref="InputException">A parameter is missing or wrong.</exception>
    internal Job<TRow> WithTexts(ParameterValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        values.RefuseUnknown(Name, Parameters);
        Check();
        return JobOf(ReadParameters(values), values);
    }

    Job IJobKind.Prepare(ParameterValues values) => WithTexts(values);

    private TypedJob JobOf(TParameters parameters, ParameterValues values)
    {
        Check();
        return new(this, parameters) { Values = values };
    }

    private void Check()
    {
        if (Refusal() is { } why) throw new InputException($"the kind {Name} cannot run: {why}; or give the kind a codec of its own for it.");
    }

    IOpenedWork IJobKind.Open(ReadOnlyMemory<byte> parameters) => OpenWork(ParametersCodec.Read(parameters.Span));

    /// <summary>Why what travels of a user's kind would not arrive as it was sent; where the kind has codecs of its own, that is their affair.</summary>
    private string? Refusal()
    {
        // The product's own are tested.
        if (KindVersion.Of(this) == Version) return null;
        return (TaskCodec is JsonCodec<TTask> ? JsonCodec<TTask>.Refusal : null) ?? (ResultCodec is JsonCodec<TResult> ? JsonCodec<TResult>.Refusal : null);
    }

    private protected abstract IOpenedWork OpenWork(TParameters parameters);

    private sealed class TypedJob(TypedJobKind<TParameters, TTask, TResult, TRow> kind, TParameters parameters)
        : Job<TRow>(kind, kind.ParametersCodec.ToBytes(parameters))
    {
        internal override ReadOnlyMemory<byte> ParametersWithoutFileTimes => kind.ParametersCodec.ToBytes(kind.WithoutFileTimes(parameters));

        internal override JobPlan<ReadOnlyMemory<byte>> Plan(CancellationToken cancellation)
        {
            var plan = kind.Plan(parameters, cancellation);
            var codec = kind.TaskCodec;
            var buffer = new ArrayBufferWriter<byte>();
            return new(plan.Tasks.Select(Encode), plan.Count) { Notes = plan.Notes, Inputs = plan.Inputs };

            ReadOnlyMemory<byte> Encode(TTask task)
            {
                buffer.ResetWrittenCount();
                codec.Write(task, buffer);
                return buffer.WrittenSpan.ToArray();
            }
        }

        internal override IRowReduction<TRow> ReduceToRows() => new EncodedReduction(kind.Reduce(parameters), kind.TaskCodec, kind.ResultCodec);
    }

    private sealed class EncodedReduction(IReduction<TTask, TResult, TRow> reduction, ICodec<TTask> tasks, ICodec<TResult> results)
        : IRowReduction<TRow>
    {
        public ResultSchema<TRow> Schema => reduction.Schema;

        public void Add(TaskOutcome outcome, IResultSink<TRow> sink)
        {
            var task = tasks.Read(outcome.Task.Span);
            if (outcome.Failure is { } failure) reduction.AddFailure(task, failure, outcome.Run, sink);
            else reduction.Add(task, results.Read(outcome.Result.Span), outcome.Run, sink);
        }

        public void Complete(IResultSink<TRow> sink) => reduction.Complete(sink);
    }
}
