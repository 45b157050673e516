namespace ActorCompute;

/// <summary>How the rows of an answer are shown.</summary>
/// <param name="Columns">The columns in order.</param>
public record ResultSchema(IReadOnlyList<Column> Columns)
{
    /// <summary>False for an answer that is nothing but values, where a header line would be in the way.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>True when each row has what a program wrote, as <see cref="ResultRow.Output"/> and <see cref="ResultRow.Error"/>.</summary>
    public virtual bool HasOutputs => false;

    /// <summary>What one task is called to a person: <c>reference</c>, <c>segment</c>.</summary>
    public string TaskNoun { get; init; } = "task";
}

/// <summary>How rows of one type are shown: a row's values, column by column.</summary>
/// <typeparam name="TRow">A row of the answer.</typeparam>
/// <param name="Columns">The columns in order.</param>
public sealed record ResultSchema<TRow>(IReadOnlyList<Column<TRow>> Columns) : ResultSchema(Columns)
{
    /// <summary>A row as a person reads it while the job runs, for example <c>chr3: 256,835 reads in 0.13 s, worker 2</c>; null for none.</summary>
    public Func<TRow, TaskRun?, string>? Line { get; init; }

    /// <summary>Of rows that are what programs wrote: that, byte for byte.</summary>
    internal Func<TRow, (ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error)>? Outputs { get; init; }

    /// <inheritdoc/>
    public override bool HasOutputs => Outputs is not null;

    /// <summary>A row as it is written.</summary>
    internal ResultRow RowOf(TRow row, TaskRun? run)
    {
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Columns[i].Value(row, run);
        var (output, error) = Outputs?.Invoke(row) ?? default;
        return new(values, run) { Line = Line?.Invoke(row, run), Output = output, Error = error };
    }

    /// <summary>The columns in order, each with its value.</summary>
    public new IReadOnlyList<Column<TRow>> Columns { get; } = Columns;
}

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name in every format, lower case.</param>
/// <param name="Unit">The unit of its numbers, if they have one.</param>
public record Column(string Name, string? Unit = null)
{
    /// <summary>True for a column that a summary adds up.</summary>
    public bool IsTotalled { get; init; }
}

/// <summary>A column of rows of one type.</summary>
/// <typeparam name="TRow">A row of the answer.</typeparam>
/// <param name="Name">Its name in every format, lower case.</param>
/// <param name="Value">Its value in a row, and where that was computed: text, a whole number, a double, a boolean or null.</param>
/// <param name="Unit">The unit of its numbers, if they have one.</param>
public sealed record Column<TRow>(string Name, Func<TRow, TaskRun?, object?> Value, string? Unit = null) : Column(Name, Unit)
{
    /// <param name="name">Its name in every format, lower case.</param>
    /// <param name="value">Its value in a row: text, a whole number, a double, a boolean or null.</param>
    /// <param name="unit">The unit of its numbers, if they have one.</param>
    public Column(string name, Func<TRow, object?> value, string? unit = null)
        : this(name, (row, _) => value(row), unit)
    {
    }
}
