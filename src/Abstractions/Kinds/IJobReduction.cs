namespace ActorCompute;

/// <summary>The results of one job coming together on the client, task by task, everything encoded; its rows as they are written.</summary>
internal interface IJobReduction
{
    /// <summary>What the rows hold.</summary>
    ResultSchema Schema { get; }

    /// <summary>Takes the outcome of one task, in any order, each task once.</summary>
    void Add(TaskOutcome outcome, IResultSink<ResultRow> sink);

    /// <summary>All tasks have been taken.</summary>
    void Complete(IResultSink<ResultRow> sink);
}

/// <summary>The same with the rows that the kind gives.</summary>
internal interface IRowReduction<TRow>
{
    ResultSchema<TRow> Schema { get; }

    void Add(TaskOutcome outcome, IResultSink<TRow> sink);

    void Complete(IResultSink<TRow> sink);
}

/// <summary>From the kind's rows to those that are written.</summary>
internal sealed class WrittenReduction<TRow>(IRowReduction<TRow> reduction) : IJobReduction
{
    public ResultSchema Schema => reduction.Schema;

    public void Add(TaskOutcome outcome, IResultSink<ResultRow> sink) => reduction.Add(outcome, new Writing(reduction.Schema, sink));

    public void Complete(IResultSink<ResultRow> sink) => reduction.Complete(new Writing(reduction.Schema, sink));

    private sealed class Writing(ResultSchema<TRow> schema, IResultSink<ResultRow> sink) : IResultSink<TRow>
    {
        public void Row(TRow row, TaskRun? run) => sink.Row(schema.RowOf(row, run), run);

        public void Note(Note note) => sink.Note(note);
    }
}
