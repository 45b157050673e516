using ActorCompute.Messages;

namespace ActorCompute.Client.Journal;

/// <summary>A plan of which some tasks have their result: those come with it, looked up as they are drawn, under their numbers of the plan.</summary>
/// <param name="content">The journal.</param>
/// <param name="open">Opens its file to read.</param>
internal sealed class JournalledPlan(JournalContent content, Func<Stream> open)
{
    private static readonly JournalWorker Unknown = new("?", "", 0);

    private long _total = -1;

    /// <summary>How many tasks there are, when the plan was drawn to its end.</summary>
    public long? Total => Volatile.Read(ref _total) is >= 0 and var total ? total : null;

    /// <summary>The tasks in plan order. Reads the file on the thread that enumerates; the file is open until the end.</summary>
    /// <exception cref="JournalException">The plan is another than the journal's, or the file cannot be read any more.</exception>
    public IEnumerable<TaskBatch> Tasks(IEnumerable<ReadOnlyMemory<byte>> plan)
    {
        using var stream = content.Done.Count > 0 ? open() : Stream.Null;
        var reader = content.Done.Count > 0 ? new JournalReader(stream) : null;
        var number = 0L;
        foreach (var task in plan)
        {
            yield return new(number, task, content.Done.Contains(number) ? Read(number, task, reader!) : null);
            number++;
        }

        if (Math.Max(content.Done.Largest, content.Failed.Largest) >= number) throw Other($"the plan ends after {number} tasks, and the journal has a result of task {Math.Max(content.Done.Largest, content.Failed.Largest)}");
        Volatile.Write(ref _total, number);
    }

    private JournalledOutcome Read(long number, ReadOnlyMemory<byte> task, JournalReader reader)
    {
        if (content.Index.OffsetOf(number, reader) is not { } offset || !reader.TryReadAt(offset, out var record) || !JournalEntry.TryRead(record, out var entry, out var result) || entry.Number != number)
        {
            throw new JournalException(JournalFault.Damaged, $"the result of task {number} could be read before and cannot be now; something else writes to the journal, or its disk fails.");
        }

        if (entry.TaskHash != Crc32C.Of(task.Span)) throw Other($"task {number} is another than when its result was recorded (offset {offset})");
        var worker = content.Workers.GetValueOrDefault(entry.Worker, Unknown);
        return new(result.ToArray(), new(worker.Name, worker.Host, worker.ProcessId, entry.Attempt, entry.Elapsed));
    }

    private static JournalException Other(string what) => new(JournalFault.OtherJob, $"the plan is not the journal's: {what}. A job is resumed only where the same parameters and input give the same tasks; begin it anew.");
}
