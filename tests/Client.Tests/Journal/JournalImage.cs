using System.Text;
using ActorCompute.Client.Journal;

namespace ActorCompute.Client.Tests.Journal;

/// <summary>A journal as bytes, made record by record as the product makes it.</summary>
internal sealed class JournalImage
{
    private readonly RecordBuffer _records;
    private readonly byte[] _mark;

    public JournalImage(long? count = 100, string? mark = null)
    {
        _mark = mark is null ? JournalFormat.NewMark() : Encoding.ASCII.GetBytes(mark);
        _records = new(_mark);
        var header = new JournalHeader("test-kind", "7", [1, 2, 3], [new("number", ["1", "2"])], [], count, DateTimeOffset.UnixEpoch, "", new Dictionary<string, string>());
        Append(RecordType.Header, fields => fields.Rest(header.ToBytes()));
    }

    /// <summary>Where each record begins, and the end of the last.</summary>
    public List<int> Bounds { get; } = [JournalFormat.FileHeadLength];

    public byte[] Bytes => [.. JournalFormat.FileHead(_mark), .. _records.Written];

    public byte[] Mark => _mark;

    public JournalImage Append(Action<RecordBuffer> record)
    {
        record(_records);
        Bounds.Add(JournalFormat.FileHeadLength + _records.Length);
        return this;
    }

    public JournalImage Append(RecordType type, Action<FieldWriter> fields) => Append(records =>
    {
        fields(records.Begin(type));
        records.End();
    });

    public JournalImage Worker(long id) => Append(records => new JournalWorker($"w{id}", $"host{id}", 7).Write(records, id));

    public JournalImage Result(long number, string? text = null, long worker = 0) => Append(records => JournalEntry.Write(records, Outcome(number, text), worker));

    public JournalImage Failure(long number) => Append(records => JournalEntry.Write(records, Outcome(number) with { Failure = new(FailureCause.Exception, "Type", "text") }, 0));

    public JournalImage End(long total, long failed = 0) => Append(records => records.AddPair(RecordType.End, total, failed));

    public static SettledBatch Outcome(long number, string? text = null) => new(new(number, TaskOf(number)), Encoding.UTF8.GetBytes(text ?? $"result {number}"), null, new("w0", "host0", 7, 1, TimeSpan.FromTicks(number)));

    public static byte[] TaskOf(long number) => BitConverter.GetBytes(number);

    public static JournalContent Read(byte[] bytes) => JournalContent.Read(new MemoryStream(bytes));

    /// <summary>The results that a resume would take from these bytes, by number.</summary>
    public static Dictionary<long, string> Results(byte[] bytes, JournalContent content, int tasks)
    {
        var plan = new JournalledPlan(content, () => new MemoryStream(bytes));
        return plan.Tasks(Enumerable.Range(0, tasks).Select(number => (ReadOnlyMemory<byte>)TaskOf(number)))
            .Where(task => task.State is not null)
            .ToDictionary(task => task.First, task => Encoding.UTF8.GetString(((JournalledOutcome)task.State!).Result.Span));
    }
}
