using ActorCompute.Client.Journal;

namespace ActorCompute.Client.Tests.Journal;

/// <summary>The file of a journal: who may write it, and that what is written goes where it will be found.</summary>
public sealed class JournalFileTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("actorcompute-journalfile-");

    private string Folder => _root.FullName;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Lock_HeldOnce_IsRefusedToOthersAndFreedWithIt()
    {
        var held = Make();
        Assert.True(JournalFile.IsLocked(Folder));
        Assert.Equal(JournalFault.InUse, Assert.Throws<JournalException>(() => JournalFile.Lock(Folder)).Fault);
        held.Dispose();
        Assert.False(JournalFile.IsLocked(Folder));
        JournalFile.Lock(Folder).Dispose();
    }

    /// <summary>A lock beside the journal could be removed, and then two would write.</summary>
    [Fact]
    public void Create_InTheFolder_IsTheJournalAndNothingElse()
    {
        using var held = Make();
        Assert.Equal([JournalFile.PathOf(Folder)], Directory.GetFileSystemEntries(Folder));
    }

    [Fact]
    public void OpenToRead_WhileItIsWritten_Reads()
    {
        using var held = Make();
        using var reader = JournalFile.OpenToRead(Folder);
        Assert.Equal(5, reader.Length);
    }

    /// <summary>Opened, it would wait for its other end: for ever, and 'jobs' with it.</summary>
    [Fact]
    public async Task Read_PipeInPlaceOfTheJournal_IsReportedAtOnceAndRefused()
    {
        if (OperatingSystem.IsWindows()) return;
        using (var make = System.Diagnostics.Process.Start("mkfifo", [JournalFile.PathOf(Folder)])) await make.WaitForExitAsync();
        var report = await Waiting.For(Task.Run(() => JournalReport.Read(Folder)), "the report");
        Assert.Equal(JournalState.Damaged, report.State);
        Assert.Contains("is not a file", report.Problem, StringComparison.Ordinal);
        foreach (var open in new Action[] { () => JournalReport.ReadJob(Folder), () => JournalFile.Lock(Folder).Dispose(), () => JournalFile.OpenToRead(Folder).Dispose() })
        {
            var error = await Assert.ThrowsAsync<JournalException>(() => Waiting.For(Task.Run(open), "a refusal"));
            Assert.Equal(JournalFault.BadFolder, error.Fault);
        }
    }

    [Fact]
    public void Create_ThereIsOne_IsAnErrorAndLeavesIt()
    {
        Make().Dispose();
        Assert.Throws<IOException>(() => JournalFile.Create(Folder, [9], [9]));
        Assert.Equal(5, new FileInfo(JournalFile.PathOf(Folder)).Length);
        Assert.Single(Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData("removed", "removed or replaced")]
    [InlineData("replaced", "removed or replaced")]
    [InlineData("cut", "instead of")]
    [InlineData("longer", "instead of")]
    public void Sync_FileChangedByOthers_IsNoticed(string change, string reason)
    {
        if (OperatingSystem.IsWindows()) return;
        using var sink = JournalFile.Append(Folder, 5, Make());
        sink.Write([1, 2, 3]);
        sink.Sync();
        var path = JournalFile.PathOf(Folder);
        switch (change)
        {
            case "removed":
                File.Delete(path);
                break;
            case "replaced":
                File.WriteAllBytes(path + ".copy", [1, 2, 3, 4, 5, 1, 2, 3]);
                File.Move(path + ".copy", path, overwrite: true);
                break;
            default:
                Truncate(path, change == "cut" ? 2 : 20);
                break;
        }

        var error = Assert.Throws<JournalException>(() =>
        {
            sink.Write([4]);
            sink.Sync();
        });
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_BytesBehindTheEnd_AreDropped()
    {
        using (var sink = JournalFile.Append(Folder, 3, Make()))
        {
            sink.Write([8]);
            sink.Sync();
        }

        Assert.Equal([1, 2, 3, 8], File.ReadAllBytes(JournalFile.PathOf(Folder)));
    }

    private FileStream Make() => JournalFile.Create(Folder, [1, 2], [3, 4, 5]);

    // As another program does it, which asks for no lock.
    private static void Truncate(string path, int length)
    {
        using var process = System.Diagnostics.Process.Start("truncate", ["-s", length.ToString(System.Globalization.CultureInfo.InvariantCulture), path]);
        process.WaitForExit();
    }
}
