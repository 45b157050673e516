using System.Diagnostics.CodeAnalysis;
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
    public static void Write(RecordBuffer records, in SettledBatch outcome, long worker)
    {
        var fields = records.Begin(outcome.Failure is null ? RecordType.Result : RecordType.Failure);
        fields.NaturalNumber(outcome.First);
        fields.UInt32(Crc32C.Of(outcome.Batch.Payload.Span));
        fields.NaturalNumber(outcome.Run.Attempt);
        fields.NaturalNumber(worker);
        fields.NaturalNumber(Math.Max(0, outcome.Run.Elapsed.Ticks));
        if (outcome.Failure is { } failure)
        {
            fields.Byte((byte)failure.Cause);
            fields.Text(failure.Type);
            fields.Text(failure.Message);
        }
        else
        {
            fields.Rest(outcome.Result.Span);
        }

        records.End();
    }

    /// <summary>Reads what results and failures have in common; <paramref name="rest"/> is the result, or the failure.</summary>
    public static bool TryRead(in JournalRecord record, out JournalEntry entry, out ReadOnlyMemory<byte> rest)
    {
        try
        {
            var fields = new FieldReader(record.Payload.Span);
            var (number, hash, attempt, worker, ticks) = (fields.NaturalNumber(), fields.UInt32(), fields.NaturalNumber(), fields.NaturalNumber(), fields.NaturalNumber());
            entry = new(number, hash, (int)Math.Min(attempt, int.MaxValue), worker, new(ticks));
            rest = record.Payload[^fields.Rest.Length..];
            return number < JournalFormat.NumberLimit;
        }
        catch (FormatException)
        {
            (entry, rest) = (default, default);
            return false;
        }
    }

    /// <summary>The number, if the record is a result.</summary>
    public static bool TryReadNumber(in JournalRecord record, out long number)
    {
        number = 0;
        if (record.Type != RecordType.Result) return false;
        try
        {
            number = new FieldReader(record.Payload.Span).NaturalNumber();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>A worker that results name by a number, so that its name does not stand in each of them.</summary>
internal sealed record JournalWorker(string Name, string Host, int ProcessId)
{
    public void Write(RecordBuffer records, long id)
    {
        var fields = records.Begin(RecordType.Worker);
        fields.NaturalNumber(id);
        fields.NaturalNumber(Math.Max(0, ProcessId));
        fields.Text(Name);
        fields.Text(Host);
        records.End();
    }

    public static bool TryRead(in JournalRecord record, out long id, [NotNullWhen(true)] out JournalWorker? worker)
    {
        try
        {
            var fields = new FieldReader(record.Payload.Span);
            (id, var process) = (fields.NaturalNumber(), fields.NaturalNumber());
            worker = new(fields.Text(), fields.Text(), (int)Math.Min(process, int.MaxValue));
            return true;
        }
        catch (FormatException)
        {
            (id, worker) = (0, null);
            return false;
        }
    }
}
