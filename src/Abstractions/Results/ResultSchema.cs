namespace ActorCompute;

/// <summary>What the rows of an answer hold.</summary>
/// <param name="Columns">The columns in order.</param>
public sealed record ResultSchema(IReadOnlyList<Column> Columns)
{
    /// <summary>False for an answer that is nothing but values, where a header line would be in the way.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>True when each row has what a program wrote, as <see cref="ResultRow.Output"/> and <see cref="ResultRow.Error"/>.</summary>
    public bool HasOutputs { get; init; }

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
