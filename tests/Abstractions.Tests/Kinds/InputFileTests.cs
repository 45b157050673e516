namespace ActorCompute.Abstractions.Tests.Kinds;

/// <summary>Whether a worker takes the file that it opened for the one that the client planned with.</summary>
public sealed class InputFileTests : IDisposable
{
    private static readonly DateTime WrittenAt = new(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorcompute-inputs-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(-999)]
    [InlineData(2000)]
    [InlineData(-2000)]
    public void Check_TimeThatWasRounded_Passes(int milliseconds)
    {
        var file = Planned("12345") with { Sample = null };
        Check(file, "12345", WrittenAt.AddMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData(2001)]
    [InlineData(-2001)]
    [InlineData(3_600_000)]
    public void Check_OtherTime_TheContentDecides(int milliseconds)
    {
        var (file, time) = (Planned("12345"), WrittenAt.AddMilliseconds(milliseconds));
        Check(file, "12345", time);
        var error = Assert.Throws<InputException>(() => Check(file, "12354", time));
        Assert.Equal(
            $"{file.Path}: was written at {time:u} on {Environment.MachineName} and at 2024-05-06 07:08:09Z for the client, and is no copy of it; workers need the same file under the same path.",
            error.Message);
    }

    [Fact]
    public void Check_OtherTimeAndNoSample_IsRefusedWithBothTimes()
    {
        var file = new InputFile(PathOf("file"), 5, WrittenAt);
        var error = Assert.Throws<InputException>(() => Check(file, "12345", WrittenAt.AddDays(1)));
        Assert.Equal($"{file.Path}: was written at 2024-05-07 07:08:09Z on {Environment.MachineName} and at 2024-05-06 07:08:09Z for the client; workers need the same file under the same path.", error.Message);
    }

    [Fact]
    public void Check_OtherLength_IsRefusedWithBoth()
    {
        var error = Assert.Throws<InputException>(() => Check(Planned("12345"), "1234567", WrittenAt));
        Assert.Equal($"{PathOf("file")}: has 7 bytes on {Environment.MachineName} and 5 for the client; workers need the same file under the same path.", error.Message);
    }

    /// <summary>Of small files all bytes count, of large ones those at five places.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(5000)]
    [InlineData(20_480)]
    public void Sample_AnyByteOfASmallFile_ChangesIt(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(PathOf("file"), bytes);
        var samples = new HashSet<ulong?> { InputFile.Of(PathOf("file")).Sample };
        for (var at = 0; at < length; at += Math.Max(1, length / 50))
        {
            bytes[at] ^= 1;
            File.WriteAllBytes(PathOf("file"), bytes);
            Assert.True(samples.Add(InputFile.Of(PathOf("file")).Sample), $"byte {at}");
            bytes[at] ^= 1;
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1L << 31, true)]
    [InlineData(1L << 32, true)]
    [InlineData(3L << 31, true)]
    [InlineData((1L << 33) + 4095, true)]
    [InlineData(1L << 30, false)]
    public void Sample_PlacesOfALargeFile_AreItsQuarters(long at, bool isSampled)
    {
        // Nothing of it is on the disk but what is written.
        using var stream = new FileStream(PathOf("file"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.SetLength((1L << 33) + 4096);
        var before = InputFile.Of(PathOf("file")).Sample;
        stream.Position = at;
        stream.WriteByte(1);
        stream.Flush();
        Assert.Equal(isSampled, before != InputFile.Of(PathOf("file")).Sample);
    }

    [Fact]
    public void Sample_EmptyFile_IsThere() => Check(Planned(""), "", WrittenAt.AddDays(1));

    [Fact]
    public void WithoutTime_OfACopy_IsTheSame()
    {
        var file = Planned("12345");
        File.SetLastWriteTimeUtc(file.Path, WrittenAt.AddDays(1));
        var copy = InputFile.Of(file.Path);
        Assert.NotEqual(file, copy);
        Assert.Equal(file.WithoutTime(), copy.WithoutTime());
    }

    private InputFile Planned(string text)
    {
        File.WriteAllText(PathOf("file"), text);
        File.SetLastWriteTimeUtc(PathOf("file"), WrittenAt);
        return InputFile.Of(PathOf("file"));
    }

    private void Check(InputFile file, string text, DateTime time)
    {
        File.WriteAllText(PathOf("file"), text);
        File.SetLastWriteTimeUtc(PathOf("file"), time);
        using var opened = File.OpenHandle(PathOf("file"));
        file.Check(opened);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
