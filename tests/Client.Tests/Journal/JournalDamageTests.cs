using System.Buffers.Binary;
using ActorCompute.Client.Journal;

namespace ActorCompute.Client.Tests.Journal;

/// <summary>What crashes and bad disks leave of a journal: never a crash of the reader, a hang or another result.</summary>
public class JournalDamageTests
{
    private const int Tasks = 12;

    [Fact]
    public void Read_WholeJournal_GivesEveryResult()
    {
        var bytes = Sample().Bytes;
        var content = JournalImage.Read(bytes);
        Assert.Equal((Tasks - 1, 1, 0L), (content.Done.Count, content.Failed.Count, content.TornBytes));
        Assert.Empty(content.Damage);
        Assert.False(content.IsComplete);
        Assert.Equal(Expected(), JournalImage.Results(bytes, content, Tasks));
        Assert.Equal(bytes.Length, content.End);
    }

    [Fact]
    public void Read_CutAtEachOffset_GivesTheRecordsBeforeItAndNamesTheRest()
    {
        var image = Sample();
        var bytes = image.Bytes;
        for (var length = 0; length < bytes.Length; length++)
        {
            if (length < image.Bounds[1])
            {
                Assert.Equal(JournalFault.Damaged, Assert.Throws<JournalException>(() => JournalImage.Read(bytes[..length])).Fault);
                continue;
            }

            var content = JournalImage.Read(bytes[..length]);
            var whole = image.Bounds.Last(bound => bound <= length);
            Assert.Equal((whole, length - whole), (content.End, content.TornBytes));
            Assert.Empty(content.Damage);
            AssertPartOf(Expected(), JournalImage.Results(bytes[..length], content, Tasks));
        }
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x01)]
    [InlineData(0x80)]
    public void Read_EachByteChanged_IsNoticedAndNoResultIsAnother(byte change)
    {
        var image = Sample();
        var original = image.Bytes;
        for (var at = 0; at < original.Length; at++)
        {
            var bytes = (byte[])original.Clone();
            bytes[at] ^= change;
            if (at < image.Bounds[1])
            {
                Assert.Equal(JournalFault.Damaged, Assert.Throws<JournalException>(() => JournalImage.Read(bytes)).Fault);
                continue;
            }

            var content = JournalImage.Read(bytes);
            var record = image.Bounds.Last(bound => bound <= at);
            if (record == image.Bounds[^2]) Assert.Equal(record, content.End);
            else Assert.Equal(new DamagedRange(record, image.Bounds.First(bound => bound > at)), Assert.Single(content.Damage));
            AssertPartOf(Expected(), JournalImage.Results(bytes, content, Tasks));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    public void Read_ZeroTail_IsDropped(int zeros)
    {
        var whole = Sample().Bytes;
        byte[] bytes = [.. whole, .. new byte[zeros]];
        var content = JournalImage.Read(bytes);
        Assert.Equal((whole.Length, zeros), (content.End, content.TornBytes));
        Assert.Empty(content.Damage);
        Assert.Equal(Expected(), JournalImage.Results(bytes, content, Tasks));
    }

    [Fact]
    public void Read_TaskIsThereTwice_TheFirstCounts()
    {
        var bytes = new JournalImage().Worker(0).Result(3, "first").Result(3, "second").Failure(3).Bytes;
        var content = JournalImage.Read(bytes);
        Assert.Equal((1, 0), (content.Done.Count, content.Failed.Count));
        Assert.Equal("first", JournalImage.Results(bytes, content, 5)[3]);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(JournalFormat.LargestPayload)]
    [InlineData(JournalFormat.LargestPayload + 1)]
    public void Read_HugeLength_IsDamageAndTakesNoMemory(int length)
    {
        var image = Sample();
        var bytes = image.Bytes;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(image.Bounds[3] + 12), length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var content = JournalImage.Read(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Equal(image.Bounds[3], Assert.Single(content.Damage).From);
    }

    [Fact]
    public async Task Read_FullOfMarksAndLengths_EndsSoon()
    {
        var image = Sample();
        var filler = new byte[4 << 20];
        for (var at = 0; at + 32 <= filler.Length; at += 32)
        {
            image.Mark.CopyTo(filler, at);
            BinaryPrimitives.WriteInt32LittleEndian(filler.AsSpan(at + 12), filler.Length - at - JournalFormat.RecordHeadLength);
        }

        byte[] bytes = [.. image.Bytes, .. filler];
        // Each byte is looked at a fixed number of times; each candidate to the end would be 2^18 times 2 MiB.
        var content = await Waiting.For(Task.Run(() => JournalImage.Read(bytes)), "the reader");
        Assert.Equal(filler.Length, content.TornBytes);
    }

    [Fact]
    public void Read_RightChecksumAndWrongFields_IsDamage()
    {
        var image = new JournalImage().Append(RecordType.Result, fields => fields.NaturalNumber(1)).Result(2);
        var content = JournalImage.Read(image.Bytes);
        Assert.Equal(new DamagedRange(image.Bounds[1], image.Bounds[2]), Assert.Single(content.Damage));
        Assert.True(content.Done.Contains(2));
    }

    [Fact]
    public void Read_UnknownType_IsDamage() =>
        Assert.Single(JournalImage.Read(new JournalImage().Append((RecordType)99, _ => { }).Bytes).Damage);

    [Fact]
    public void Read_NumbersFarApart_TakesLittleMemory()
    {
        var image = new JournalImage(count: null);
        for (var i = 0L; i < 10_000; i++) image.Result(i << 32);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(10_000, JournalImage.Read(image.Bytes).Done.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Fact]
    public void Read_DamageThatWasAccepted_IsNoneAnyMore()
    {
        var image = Sample();
        var (from, to) = (image.Bounds[4], image.Bounds[5]);
        image.Append(records => records.AddPair(RecordType.Skip, from, to));
        var bytes = image.Bytes;
        bytes[from + 20] ^= 4;
        Assert.Empty(JournalImage.Read(bytes).Damage);
        // Other damage is.
        bytes[image.Bounds[6] + 20] ^= 4;
        Assert.Equal(image.Bounds[6], Assert.Single(JournalImage.Read(bytes).Damage).From);
    }

    [Fact]
    public void Read_EndWithEveryResult_IsComplete()
    {
        Assert.True(JournalImage.Read(new JournalImage(count: null).Result(1).Result(0).End(2).Bytes).IsComplete);
        Assert.False(JournalImage.Read(new JournalImage(count: null).Result(1).Result(0).Bytes).IsComplete);
        Assert.False(JournalImage.Read(new JournalImage(count: null).Result(1).Failure(0).End(2, 1).Bytes).IsComplete);
        Assert.True(JournalImage.Read(new JournalImage(count: null).Result(1).Failure(0).End(2, 1).Result(0).Bytes).IsComplete);
    }

    private static JournalImage Sample()
    {
        var image = new JournalImage().Worker(0);
        for (var number = 0; number < Tasks; number++)
        {
            // 0, 7, 2, 9, 4, 11, ...: out of order, as tasks complete.
            if (number == 3) image.Failure(number * 7 % Tasks);
            else image.Result(number * 7 % Tasks);
        }

        return image.Worker(1);
    }

    private static Dictionary<long, string> Expected() =>
        Enumerable.Range(0, Tasks).Where(number => number != 3 * 7 % Tasks).ToDictionary(number => (long)number, number => $"result {number}");

    private static void AssertPartOf(Dictionary<long, string> whole, Dictionary<long, string> part) =>
        Assert.All(part, pair => Assert.Equal(whole[pair.Key], pair.Value));
}
