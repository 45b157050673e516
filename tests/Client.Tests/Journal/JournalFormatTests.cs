using ActorCompute.Client.Journal;

namespace ActorCompute.Client.Tests.Journal;

/// <summary>A journal that an earlier build wrote: its bytes are written in the same way still, and read as what they are.</summary>
public sealed class JournalFormatTests
{
    private const long LastNumber = JournalFormat.NumberLimit - 1;

    // With each type of record: a header, two workers, two results, a failure, a skip, an end.
    private const string Kept =
        "8A41434A0D0A1A0A010000006B6570742D6F6E65409F00F96B6570742D6F6E650EFB542CC1000000017B224B696E64223A22746573742D6B696E64222C224B696E6456657273696F6E223A" +
        "2237222C22506172616D6574657273223A2241514944222C2256616C756573223A5B7B224E616D65223A226E756D626572222C225465787473223A5B2231222C2232225D7D5D2C22496E70" +
        "757473223A5B5D2C22436F756E74223A332C22537461727465644174223A22313937302D30312D30315430303A30303A30302B30303A3030222C22466F6C646572223A22222C2253657474" +
        "696E6773223A7B7D7D6B6570742D6F6E653ED14ABE0B00000002000702773005686F7374306B6570742D6F6E65B36E03C91000000002AC0207047733303007686F73743330306B6570742D" +
        "6F6E6538B8B2841000000003008AB2288C010000726573756C7420306B6570742D6F6E65A6E978491D00000003FFFFFFFFFFFF0F8FCBBB0A01AC02FFFFFFFFFFFF0F6772C3B6C39F65726B" +
        "6570742D6F6E654C491A5F130000000402C448501E01000200045479706504746578746B6570742D6F6E6523805C020A0000000600FFFFFFFFFFFFFFFF7F6B6570742D6F6E65270314CA08" +
        "00000005FFFFFFFFFFFF0F01";

    [Fact]
    public void Write_EachRecord_IsTheBytesAsEver()
    {
        var image = new JournalImage(3, "kept-one").Worker(0).Worker(300).Result(0).Result(LastNumber, "größer", 300).Failure(2)
            .Append(records => records.AddPair(RecordType.Skip, 0, long.MaxValue)).End(LastNumber, 1);
        Assert.Equal(Kept, Convert.ToHexString(image.Bytes));
    }

    [Fact]
    public void Read_KeptJournal_IsWhatItHolds()
    {
        var bytes = Convert.FromHexString(Kept);
        var content = JournalImage.Read(bytes);

        // The end contradicts a result on purpose, to have the largest numbers in it.
        var damage = Assert.Single(content.Damage);
        Assert.Equal(bytes.Length, damage.To);
        Assert.Equal(("test-kind", "7", 3L), (content.Header.Kind, content.Header.KindVersion, content.Header.Count));
        Assert.Equal([new(0, new("w0", "host0", 7)), new(300, new("w300", "host300", 7))], content.Workers.OrderBy(worker => worker.Key));
        Assert.Equal((2, 1, LastNumber, 301), (content.Done.Count, content.Failed.Count, content.Done.Largest, content.NextWorker));
        Assert.True(content.Done.Contains(0) && content.Failed.Contains(2));
        var reader = new JournalReader(new MemoryStream(bytes));
        Assert.True(reader.TryReadAt(content.Index.OffsetOf(LastNumber, reader)!.Value, out var record));
        Assert.True(JournalEntry.TryRead(record, out var entry, out var result));
        Assert.Equal((LastNumber, 300L, LastNumber, "größer"), (entry.Number, entry.Worker, entry.Elapsed.Ticks, System.Text.Encoding.UTF8.GetString(result.Span)));
    }
}
