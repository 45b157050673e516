using ActorCompute.Cli.Output;

namespace ActorCompute.Cli.Tests.Output;

/// <summary>An answer whose place is held by another program for a while, or for good.</summary>
public sealed class FileMoverTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorcompute-mover-");
    private int _tries;

    [Theory]
    [InlineData(0, typeof(IOException))]
    [InlineData(3, typeof(IOException))]
    [InlineData(3, typeof(UnauthorizedAccessException))]
    public async Task MoveAsync_FailsForAWhile_MovesInTheEnd(int failures, Type error)
    {
        var (from, to) = (Write("new", "new"), Write("old", "old"));
        await Mover(failures, error).MoveAsync(from, to);
        Assert.Equal((failures + 1, "new", false), (_tries, File.ReadAllText(to), File.Exists(from)));
    }

    [Fact]
    public async Task MoveAsync_FailsForGood_SaysWhatAndLeavesBoth()
    {
        var (from, to) = (Write("new", "new"), Write("old", "old"));
        var mover = new FileMover((_, _) => throw new IOException("somebody has it open"), TimeSpan.FromMilliseconds(120), TimeProvider.System);
        var error = await Assert.ThrowsAsync<IOException>(() => mover.MoveAsync(from, to));
        Assert.Equal($"{to} cannot be replaced: somebody has it open", error.Message);
        Assert.Equal(("new", "old"), (File.ReadAllText(from), File.ReadAllText(to)));
    }

    [Fact]
    public async Task MoveAsync_NoPatience_TriesOnce()
    {
        var mover = new FileMover((_, _) => throw new IOException($"try {++_tries}"), TimeSpan.Zero, TimeProvider.System);
        await Assert.ThrowsAsync<IOException>(() => mover.MoveAsync("a", "b"));
        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task CompleteAsync_PlaceStaysHeld_TheWholeAnswerIsNamedAndKept()
    {
        var place = AnswerPlace.Of(Write("answer.tsv", "old"), null, []);
        await using var file = AnswerFile.Create(place, new((_, _) => throw new IOException("somebody has it open"), TimeSpan.Zero, TimeProvider.System));
        await file.Writer.WriteAsync("new");
        await Assert.ThrowsAsync<IOException>(file.CompleteAsync);
        var said = await file.AbandonAsync();

        var partial = Assert.Single(_folder.GetFiles("*.partial")).FullName;
        Assert.Equal($"the answer is whole, but not in its place; it is in {partial}", said);
        Assert.Equal(("new", "old"), (File.ReadAllText(partial), File.ReadAllText(place.Target)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private FileMover Mover(int failures, Type error) => new(
        (from, to) =>
        {
            if (_tries++ < failures) throw (Exception)Activator.CreateInstance(error)!;
            File.Move(from, to, overwrite: true);
        },
        Patience,
        TimeProvider.System);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
