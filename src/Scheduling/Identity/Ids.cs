using System.Security.Cryptography;

namespace ActorCompute.Scheduling;

/// <summary>Names one job on all workers. Random, so that a guess of another client's job hits nothing.</summary>
public readonly record struct JobId(string Value)
{
    public static JobId Create() => new("job-" + RandomNumberGenerator.GetHexString(16, lowercase: true));

    public override string ToString() => Value;
}

/// <summary>Names one worker, the same for every incarnation of it.</summary>
public readonly record struct WorkerId(string Value) : IComparable<WorkerId>
{
    public int CompareTo(WorkerId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>One life of a worker's process.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Incarnation">Which life: a later start has a larger number.</param>
public readonly record struct WorkerLife(WorkerId Worker, long Incarnation)
{
    public override string ToString() => $"{Worker}#{Incarnation}";
}
