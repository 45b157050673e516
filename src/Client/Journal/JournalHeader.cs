using System.Text;

namespace ActorCompute.Client.Journal;

/// <summary>The job that a journal is of, as its first record keeps it.</summary>
/// <param name="Kind">The kind's name.</param>
/// <param name="KindVersion"><see cref="KindVersion.Of"/> it.</param>
/// <param name="Parameters">The encoded parameters, without when files were written: <paramref name="Inputs"/> says that.</param>
/// <param name="Values">The parameters as they were given.</param>
/// <param name="Inputs">The files that the job reads, as they were.</param>
/// <param name="Count">How many tasks there are, where the plan knew.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="Folder">The folder that the program worked in, for paths that were given relative to it.</param>
/// <param name="Settings">What the program that began it wants to find again.</param>
internal sealed record JournalHeader(
    string Kind,
    string KindVersion,
    byte[] Parameters,
    IReadOnlyList<GivenParameter> Values,
    IReadOnlyList<JournalInput> Inputs,
    long? Count,
    DateTimeOffset StartedAt,
    string Folder,
    IReadOnlyDictionary<string, string> Settings)
{
    public static JournalHeader Of(Job job, JobPlan<ReadOnlyMemory<byte>> plan, DateTimeOffset startedAt, IReadOnlyDictionary<string, string> settings) => new(
        job.Kind.Name,
        ActorCompute.KindVersion.Of(job.Kind),
        job.ParametersWithoutFileTimes.ToArray(),
        [.. job.Values.Names.Select(name => new GivenParameter(name, job.Values.All(name)))],
        [.. plan.Inputs.Select(JournalInput.Of)],
        plan.Count,
        startedAt,
        Environment.CurrentDirectory,
        settings);

    public byte[] ToBytes() => JsonCodec<JournalHeader>.Instance.ToBytes(this);

    /// <returns>Null when it is none.</returns>
    public static JournalHeader? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var header = JsonCodec<JournalHeader>.Instance.Read(bytes);
            return header.Count is < 0 or >= JournalFormat.NumberLimit ? null : header;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <exception cref="JournalException">A file is not what it was.</exception>
    public void CheckInputs()
    {
        foreach (var input in Inputs) input.Check();
    }

    /// <exception cref="JournalException">The journal is of another job.</exception>
    public void CheckJob(Job job, JobPlan<ReadOnlyMemory<byte>> plan)
    {
        var version = ActorCompute.KindVersion.Of(job.Kind);
        if (job.Kind.Name != Kind) throw Other($"it is of a job of kind '{Kind}', not '{job.Kind.Name}'.");
        if (version != KindVersion) throw Other($"it was begun with version {KindVersion} of '{Kind}', and this program has version {version}; results of both do not go together.");
        CheckInputs();
        if (!plan.Inputs.Select(input => input.Path).SequenceEqual(Inputs.Select(input => input.Path))) throw Other($"its job reads {Names(Inputs.Select(input => input.Path))}, and this one {Names(plan.Inputs.Select(input => input.Path))}.");
        if (!job.ParametersWithoutFileTimes.Span.SequenceEqual(Parameters)) throw Other($"it is of a job of '{Kind}' with other parameters.");
        if (plan.Count is { } count && Count is { } before && count != before) throw Other($"its job has {before} tasks, and this one {count}.");

        static JournalException Other(string what) => new(JournalFault.OtherJob, what);

        static string Names(IEnumerable<string> files) => string.Join(", ", files.DefaultIfEmpty("no file"));
    }
}

/// <summary>A parameter as it was given.</summary>
internal sealed record GivenParameter(string Name, IReadOnlyList<string> Texts);
