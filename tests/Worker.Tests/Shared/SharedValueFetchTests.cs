using ActorCompute.Messages;
using ActorCompute.Worker.Shared;
using Akka.Actor;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Worker.Tests.Shared;

public sealed class SharedValueFetchTests
{
    private readonly byte[] _value = new byte[(5 << 20) + 17];
    private readonly FakeTimeProvider _time = new();

    public SharedValueFetchTests() => new Random(3).NextBytes(_value);

    private SharedReference Reference => new("id", "holder", _value.Length, Crc32C.Of(_value));

    [Fact]
    public async Task FetchAsync_SeveralPieces_AreTheValue()
    {
        var asked = new System.Collections.Concurrent.ConcurrentBag<long>();
        var bytes = await SharedValueFetch.FetchAsync(Reference, (offset, count) =>
        {
            asked.Add(offset);
            return Task.FromResult(Piece(offset, count));
        }, _time);
        Assert.True(bytes.Span.SequenceEqual(_value));
        Assert.Equal([0, 1 << 20, 2 << 20, 3 << 20, 4 << 20, 5 << 20], asked.Order());
    }

    [Fact]
    public async Task FetchAsync_APieceIsLost_IsAskedForAgain()
    {
        var lost = 0;
        var bytes = await SharedValueFetch.FetchAsync(Reference, (offset, count) =>
            offset == 2 << 20 && Interlocked.Increment(ref lost) < 3 ? Task.FromException<SharedValuePiece>(new AskTimeoutException("lost")) : Task.FromResult(Piece(offset, count)), _time);
        Assert.True(bytes.Span.SequenceEqual(_value));
        Assert.Equal(3, lost);
    }

    [Fact]
    public async Task FetchAsync_NoAnswerForAMinute_GivesUp()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => SharedValueFetch.FetchAsync(Reference, (_, _) =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return Task.FromException<SharedValuePiece>(new AskTimeoutException("lost"));
        }, _time));
    }

    [Fact]
    public async Task FetchAsync_TakenBack_SaysSo()
    {
        var error = await Assert.ThrowsAsync<InputException>(() => SharedValueFetch.FetchAsync(Reference, (_, _) => Task.FromResult(new SharedValuePiece { Gone = "taken back" }), _time));
        Assert.Equal("taken back", error.Message);
    }

    [Fact]
    public async Task FetchAsync_OtherBytesThanWereShared_IsRefused()
    {
        var error = await Assert.ThrowsAsync<InputException>(() => SharedValueFetch.FetchAsync(Reference with { Crc32C = 1 }, (offset, count) => Task.FromResult(Piece(offset, count)), _time));
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, -1)]
    public async Task FetchAsync_APieceOfAnotherPlaceOrLength_IsRefused(int shift, int longer) =>
        await Assert.ThrowsAsync<InputException>(() => SharedValueFetch.FetchAsync(Reference, (offset, count) =>
        {
            var piece = Piece(offset, count + longer);
            piece.Offset += shift;
            return Task.FromResult(piece);
        }, _time));

    [Fact]
    public async Task FetchAsync_LengthThatCannotBe_IsRefused() =>
        await Assert.ThrowsAsync<InputException>(() => SharedValueFetch.FetchAsync(Reference with { Length = long.MaxValue }, (_, _) => throw new InvalidOperationException("asked"), _time));

    private SharedValuePiece Piece(long offset, int count) => new() { Offset = offset, Data = ByteString.CopyFrom(_value, (int)offset, count) };
}
