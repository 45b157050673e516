namespace ActorCompute;

/// <summary>One input of a map and what became of it.</summary>
public readonly struct MapOutcome<TInput, TResult>
{
    private readonly TResult? _result;

    internal MapOutcome(long number, TInput input, TResult? result, TaskFailure? failure, TaskRun run) =>
        (Number, Input, _result, Failure, Run) = (number, input, result, failure, run);

    /// <summary>The input's place among the inputs, from 0.</summary>
    public long Number { get; }

    /// <summary>The input.</summary>
    public TInput Input { get; }

    /// <summary>Whether there is a result.</summary>
    public bool IsSuccess => Failure is null;

    /// <summary>The result.</summary>
    /// <exception cref="RemoteTaskException">The function threw, or its workers died.</exception>
    public TResult Result => Failure is null ? _result! : throw new RemoteTaskException(Failure, Run);

    /// <summary>Why there is none, or null.</summary>
    public TaskFailure? Failure { get; }

    /// <summary>Where it ran and how long; of inputs that take less than 20 µs, an even share of what a run of them took.</summary>
    public TaskRun Run { get; }
}
