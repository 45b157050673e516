using System.Buffers;

namespace ActorCompute.Kinds.Tests;

/// <summary>Runs a job of a kind in this process: plan, work, reduction, all through the encoded view of <see cref="IJobKind"/>.</summary>
internal static class InProcess
{
    public static Answer Run(IJobKind kind, params IEnumerable<(string Name, string Value)> parameters) => Run(kind, job => job, parameters);

    /// <param name="kind">The kind.</param>
    /// <param name="change">Changes the tasks on their way to the worker.</param>
    /// <param name="parameters">Names and values.</param>
    public static Answer Run(IJobKind kind, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change, params IEnumerable<(string Name, string Value)> parameters)
    {
        var job = Prepare(kind, parameters);
        var plan = job.Plan(default);
        var answer = new Answer(job.Reduce().Schema, plan.Count) { Notes = [.. plan.Notes] };
        var reduction = job.Reduce();
        using var work = kind.Open(job.Parameters);
        foreach (var (number, task) in plan.Tasks.Index())
        {
            var result = new ArrayBufferWriter<byte>();
            var failure = Execute(work, change(task), result, number);
            var run = new TaskRun("w", "host", 1, 1, TimeSpan.FromSeconds(0.25));
            reduction.Add(new(number, task, failure is null ? result.WrittenMemory : default, failure, run), answer);
            answer.Tasks++;
        }

        reduction.Complete(answer);
        return answer;
    }

    public static Job Prepare(IJobKind kind, params IEnumerable<(string Name, string Value)> parameters)
    {
        var values = new ParameterValues();
        foreach (var (name, value) in parameters) values.Add(name, value);
        return kind.Prepare(values);
    }

    // As a worker does it: the error's cause decides whether trying again can help.
    private static TaskFailure? Execute(IOpenedWork work, ReadOnlyMemory<byte> task, IBufferWriter<byte> result, long number)
    {
        try
        {
            if (work is IOpenedIoWork io) io.ExecuteAsync(task, result, new(number, 1, default)).AsTask().GetAwaiter().GetResult();
            else ((IOpenedCpuWork)work).Execute(task.Span, result, new(number, 1, default));
            return null;
        }
        catch (Exception e)
        {
            return new(e is InputException ? FailureCause.BadInput : FailureCause.Exception, e.GetType().FullName!, e.Message);
        }
    }

    internal sealed class Answer(ResultSchema schema, long? planned) : IResultSink<ResultRow>
    {
        public ResultSchema Schema { get; } = schema;

        /// <summary>What the plan said it has.</summary>
        public long? Planned { get; } = planned;

        public long Tasks { get; set; }

        public List<ResultRow> Rows { get; } = [];

        public List<Note> Notes { get; init; } = [];

        public IEnumerable<object?> Column(int index)
        {
            Assert.All(Rows, row => Assert.Equal(Schema.Columns.Count, row.Values.Count));
            return Rows.Select(row => row.Values[index]);
        }

        public void Row(ResultRow row, TaskRun? run) => Rows.Add(row);

        public void Note(Note note) => Notes.Add(note);
    }
}
