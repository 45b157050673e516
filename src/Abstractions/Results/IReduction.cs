namespace ActorCompute;

/// <summary>Brings the results of one job together. Every task is added once, in the order of completion, or of the plan on request.</summary>
public interface IReduction<in TTask, in TResult>
{
    /// <summary>What the rows hold.</summary>
    ResultSchema Schema { get; }

    /// <summary>Takes the result of one task and gives the rows that are complete with it.</summary>
    void Add(TTask task, TResult result, TaskRun run, IResultSink sink);

    /// <summary>Takes the failure of one task. What is left of the job goes on.</summary>
    void AddFailure(TTask task, TaskFailure failure, TaskRun run, IResultSink sink);

    /// <summary>Gives the rows that were waiting for the last task.</summary>
    void Complete(IResultSink sink);
}

/// <summary>Where a reduction puts what is ready to be seen.</summary>
public interface IResultSink
{
    /// <summary>A row of the answer.</summary>
    void Row(ResultRow row);

    /// <summary>Something a person should know.</summary>
    void Note(Note note);
}

/// <summary>A row of the answer.</summary>
/// <param name="Values">A value for each column: text, whole numbers, doubles, booleans or null.</param>
/// <param name="Run">Where it was computed; for a row of several tasks, the last of them.</param>
public sealed record ResultRow(IReadOnlyList<object?> Values, TaskRun? Run)
{
    /// <summary>The row as a person reads it while the job runs, for example <c>chr3: 256,835 reads in 0.13 s, worker 2</c>.</summary>
    public string? Line { get; init; }
}

/// <summary>What the rows of an answer hold.</summary>
/// <param name="Columns">The columns in order.</param>
public sealed record ResultSchema(IReadOnlyList<Column> Columns)
{
    /// <summary>False for an answer that is nothing but values, where a header line would be in the way.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What one task is called to a person: <c>reference</c>, <c>segment</c>.</summary>
    public string TaskNoun { get; init; } = "task";
}

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name in every format, lower case.</param>
/// <param name="Unit">The unit of its numbers, if they have one.</param>
public sealed record Column(string Name, string? Unit = null)
{
    /// <summary>True for a column that a summary adds up.</summary>
    public bool IsTotalled { get; init; }
}

/// <summary>Something a person should know about an answer.</summary>
/// <param name="Text">One line.</param>
/// <param name="IsIncomplete">True when the answer lacks something because of it: the job then ends with exit status 1.</param>
public sealed record Note(string Text, bool IsIncomplete = false);
