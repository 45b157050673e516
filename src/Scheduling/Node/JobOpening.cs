namespace ActorCompute.Scheduling;

/// <summary>
/// One opening of a job on this node. Not the job's id: a client whose lease expired may open the same job again while chunks of
/// the first opening still run.
/// </summary>
/// <remarks>A class that the core derives from, instead of a number: what a slot says needs no look-up.</remarks>
/// <param name="job">The job.</param>
/// <param name="number">Which opening of any job on this node this is, from 1.</param>
internal abstract class JobOpening(JobId job, long number)
{
    public JobId Job { get; } = job;

    public override string ToString() => $"{Job}@{number}";
}
