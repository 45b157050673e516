using ActorCompute.Client.Functions;
using ActorCompute.Client.Scatter;
using ActorCompute.Messages;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Jobs;

/// <summary>What workers are told of a job when it is opened.</summary>
internal sealed record JobHeader(string Kind, string KindVersion, ReadOnlyMemory<byte> Parameters)
{
    /// <summary>The job's id, where it must be known before it begins; else it gets one then.</summary>
    public JobId? Id { get; init; }

    /// <summary>Its results may be arguments of other calls: workers keep the latest.</summary>
    public bool KeepsResults { get; init; }

    /// <summary>What runs, for a person: a function's own name, where the kind is only how it is called.</summary>
    public string Name { get; init; } = Kind;

    /// <summary>The culture that the code of users runs under.</summary>
    public CultureNames Cultures { get; init; } = CultureNames.Current;

    /// <summary>How many tasks wait for it, each for the next: 0 for a job of a program, 1 for one that a task of that started.</summary>
    public int Depth { get; init; }

    /// <summary>Whose it is, if it is not this client's: that of the job whose task has started it.</summary>
    public string? Client { get; init; }

    /// <summary>A task that waits for it holds resources.</summary>
    public bool IsAwaitedByHolder { get; init; }

    /// <summary>Where workers find the class of a kind that is not built in; null where they know it by its name alone.</summary>
    public FunctionReference? KindType { get; init; }

    /// <inheritdoc cref="IJobKind.Needs"/>
    public Resources Needs { get; init; } = Resources.None;

    /// <inheritdoc cref="IJobKind.MayRunTwiceAtOnce"/>
    public bool MayRunTwiceAtOnce { get; init; } = true;

    /// <summary>Puts the results of a task's pieces together; null for a kind whose tasks are not split.</summary>
    public Func<IReadOnlyList<ReadOnlyMemory<byte>>, ReadOnlyMemory<byte>>? Merge { get; init; }

    public static JobHeader Of(Job job) => new(job.Kind.Name, ActorCompute.KindVersion.Of(job.Kind), job.Parameters)
    {
        KindType = StaticFunction.DescribeKind(job.Kind),
        MayRunTwiceAtOnce = job.Kind.MayRunTwiceAtOnce,
        Needs = job.Kind.Needs,
        Merge = job.Kind is ISplittableKind splittable ? splittable.Merge : null,
    };
}

/// <summary>A job as its actor sees it: where tasks come from, and who takes the outcomes. All but the header, the options and what an <see cref="IJobReader"/> tells is called on the actor's turn.</summary>
internal interface IJobRun : IJobReader
{
    JobHeader Header { get; }

    JobOptions Options { get; }

    /// <summary>Begins to draw tasks; called once.</summary>
    TaskSource OpenTasks();

    /// <summary>Tasks have gone to a worker.</summary>
    void Sent(in TaskBatch batch);

    /// <summary>Tasks have their outcome, out of order maybe; <see cref="Report"/> follows when it is its turn.</summary>
    void Record(in SettledBatch settled)
    {
    }

    void Report(in SettledBatch settled);

    /// <summary>Called whenever something may have happened.</summary>
    void Happened(SchedulingLog log)
    {
    }

    /// <summary>A limit of the job, not its caller, ends it before its time.</summary>
    void Limited(string reason);

    /// <summary>Called a few times a second.</summary>
    void Look()
    {
    }

    /// <param name="progress">How far the job is.</param>
    /// <param name="log">Where it is said that a caller's callback threw.</param>
    void ReportProgress(JobProgress progress, ILogger log);

    /// <summary>Nothing more comes. Only the first call counts.</summary>
    void Ended(Exception? error = null);
}
