using ActorCompute.Messages;

namespace ActorCompute.Client.Journal;

/// <summary>A finished task as its record keeps it.</summary>
/// <param name="Number">The task's number in the plan.</param>
/// <param name="TaskHash">CRC-32C of the encoded task: on resume the plan must give the same.</param>
/// <param name="Attempt">The attempt that decided.</param>
/// <param name="Worker">Refers to a <see cref="JournalWorker"/>.</param>
/// <param name="Elapsed">Time in the work itself.</param>
internal readonly record struct JournalEntry(long Number, uint TaskHash, int Attempt, long Worker, TimeSpan Elapsed)
{
    /// <summary>Writes the record of an outcome.</summary>
    public static void Write(FieldWriter writer, in SettledBatch outcome, long worker)
    {
        writer.Begin(outcome.Failure is null ? RecordType.Result : RecordType.Failure)
            .Varint(outcome.First)
            .UInt32(Crc32C.Of(outcome.Batch.Payload.Span))
            .Varint(outcome.Run.Attempt)
            .Varint(worker)
            .Varint(Math.Max(0, outcome.Run.Elapsed.Ticks));
        if (outcome.Failure is { } failure) writer.Byte((byte)failure.Cause).Text(failure.Type).Text(failure.Message);
        else writer.Bytes(outcome.Result.Span);
        writer.End();
    }

    /// <summary>Reads what results and failures have in common; <paramref name="rest"/> is the result, or the failure.</summary>
    public static bool TryRead(in JournalRecord record, out JournalEntry entry, out ReadOnlyMemory<byte> rest)
    {
        var fields = new FieldReader(record.Payload.Span);
        var (number, hash, attempt, worker, ticks) = (fields.Varint(), fields.UInt32(), fields.Varint(), fields.Varint(), fields.Varint());
        entry = new(number, hash, (int)Math.Min(attempt, int.MaxValue), worker, new(ticks));
        rest = record.Payload[^fields.Rest.Length..];
        return !fields.HasFailed && number < JournalFormat.NumberLimit;
    }

    /// <summary>The number, if the record is a result.</summary>
    public static bool TryReadNumber(in JournalRecord record, out long number)
    {
        var fields = new FieldReader(record.Payload.Span);
        number = fields.Varint();
        return record.Type == RecordType.Result && !fields.HasFailed;
    }
}

/// <summary>A worker that results name by a number, so that its name does not stand in each of them.</summary>
internal sealed record JournalWorker(string Name, string Host, int ProcessId)
{
    public void Write(FieldWriter writer, long id)
    {
        writer.Begin(RecordType.Worker).Varint(id).Varint(Math.Max(0, ProcessId)).Text(Name).Text(Host);
        writer.End();
    }

    public static bool TryRead(in JournalRecord record, out long id, out JournalWorker worker)
    {
        var fields = new FieldReader(record.Payload.Span);
        (id, var process) = (fields.Varint(), fields.Varint());
        worker = new(fields.Text(), fields.Text(), (int)Math.Min(process, int.MaxValue));
        return !fields.HasFailed;
    }
}
