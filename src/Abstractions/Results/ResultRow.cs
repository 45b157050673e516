namespace ActorCompute;

/// <summary>A row of the answer.</summary>
/// <param name="Values">A value for each column: text, whole numbers, doubles, booleans or null.</param>
/// <param name="Run">Where it was computed; for a row of several tasks, the last of them.</param>
internal sealed record ResultRow(IReadOnlyList<object?> Values, TaskRun? Run)
{
    /// <summary>The row as a person reads it while the job runs, for example <c>chr3: 256,835 reads in 0.13 s, worker 2</c>.</summary>
    public string? Line { get; init; }

    /// <summary>What a program wrote to standard output, to be passed on as it is where no format is asked for. See <see cref="ResultSchema.HasOutputs"/>.</summary>
    public ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>What it wrote to standard error.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }
}
