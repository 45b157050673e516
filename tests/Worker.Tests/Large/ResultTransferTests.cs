using ActorCompute.Messages;
using ActorCompute.Worker.Large;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Worker.Tests.Large;

public sealed class ResultTransferTests
{
    private const int Piece = ResultTransfer.PieceBytes;

    private readonly byte[] _result = new byte[(6 * Piece) + 5];
    private readonly FakeTimeProvider _time = new();
    private readonly System.Collections.Concurrent.BlockingCollection<ResultPiece> _sent = [];
    private readonly ResultTransfer _transfer;

    public ResultTransferTests()
    {
        new Random(5).NextBytes(_result);
        _transfer = new(_result, () => new() { Job = "j", Number = 3 }, _sent.Add, _time);
    }

    [Fact]
    public async Task RunAsync_TakenPieceByPiece_SendsAllOfItAndEnds()
    {
        var run = _transfer.RunAsync(CancellationToken.None);
        var arrived = new MemoryStream();
        while (arrived.Length < _result.Length)
        {
            var piece = _sent.Take();
            Assert.Equal(("j", 3L, _result.Length, arrived.Length), (piece.Job, piece.Number, piece.Length, piece.Offset));
            arrived.Write(piece.Data.Span);
            _transfer.Taken(arrived.Length, "");
        }

        await run;
        Assert.Equal(_result, arrived.ToArray());
        Assert.Empty(_sent);
    }

    [Fact]
    public void RunAsync_NothingIsTaken_SendsSomeAheadAndWaits()
    {
        var run = _transfer.RunAsync(CancellationToken.None);
        Assert.Equal([0L, Piece, 2 * Piece, 3 * Piece], _sent.Select(piece => piece.Offset));
        Assert.False(run.IsCompleted);
    }

    [Fact]
    public async Task RunAsync_TheWordStaysOut_SendsAgainFromWhereItWas()
    {
        var run = _transfer.RunAsync(CancellationToken.None);
        _transfer.Taken(Piece, "");
        for (var i = 0; i < 5; i++) _sent.Take();
        Assert.Empty(_sent);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal([Piece, 2L * Piece, 3 * Piece, 4 * Piece], Enumerable.Range(0, 4).Select(_ => _sent.Take().Offset));
        _transfer.Taken(_result.Length, "");
        await run;
    }

    [Fact]
    public async Task RunAsync_Refused_ThrowsWhy()
    {
        var run = _transfer.RunAsync(CancellationToken.None);
        _transfer.Taken(0, "the disk is full");
        Assert.Equal("the disk is full", (await Assert.ThrowsAsync<InvalidOperationException>(() => run)).Message);
    }

    [Fact]
    public async Task RunAsync_Cancelled_Ends()
    {
        using var source = new CancellationTokenSource();
        var run = _transfer.RunAsync(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void Taken_OffsetThatCannotBe_ChangesNothing()
    {
        var run = _transfer.RunAsync(CancellationToken.None);
        _transfer.Taken(-1, "");
        _transfer.Taken(_result.Length + 1, "");
        Assert.False(run.IsCompleted);
        Assert.Equal(4, _sent.Count);
    }
}
