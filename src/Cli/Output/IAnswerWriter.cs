namespace ActorCompute.Cli.Output;

/// <summary>Writes an answer in one format.</summary>
internal interface IAnswerWriter
{
    /// <summary>Whether the next row goes out at once, and is not kept until the end.</summary>
    bool WritesAtOnce { get; }

    /// <summary>A row is complete.</summary>
    void Row(ResultRow row);

    /// <summary>The job has ended.</summary>
    void End(JobSummary summary);
}

/// <summary>How a job ended.</summary>
/// <param name="Kind">The kind's name.</param>
/// <param name="Done">Tasks with a result.</param>
/// <param name="Failed">Tasks without one.</param>
/// <param name="Elapsed">From the first task sent to the last answer.</param>
/// <param name="IsComplete">False when the answer lacks something.</param>
/// <param name="Notes">What a person should know of it.</param>
internal sealed record JobSummary(string Kind, long Done, long Failed, TimeSpan Elapsed, bool IsComplete, IReadOnlyList<string> Notes);
