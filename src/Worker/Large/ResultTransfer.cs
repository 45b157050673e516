using ActorCompute.Messages;
using Google.Protobuf;

namespace ActorCompute.Worker.Large;

/// <summary>
/// A result that no message takes, on its way to the client piece by piece. The task counts as running until all is there: if the worker
/// dies before, the task runs elsewhere as any that was cut short.
/// </summary>
/// <remarks>Pieces go in order, some ahead of the client's word. When that word stays out, all after the last of it is sent again.</remarks>
internal sealed class ResultTransfer
{
    /// <summary>Bytes of a piece.</summary>
    public const int PieceBytes = 1 << 20;

    /// <summary>Pieces ahead of the client's word.</summary>
    public const int Ahead = 4;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly ReadOnlyMemory<byte> _result;
    private readonly Func<ResultPiece> _piece;
    private readonly Action<ResultPiece> _send;
    private readonly TimeProvider _time;
    private TaskCompletionSource _moved = NewMove();
    private long _taken;
    private string? _refusal;

    /// <param name="result">The result; it must not change until <see cref="RunAsync"/> ends.</param>
    /// <param name="piece">Makes a piece that says whose result it is.</param>
    /// <param name="send">Sends it to the client.</param>
    /// <param name="time">The clock.</param>
    public ResultTransfer(ReadOnlyMemory<byte> result, Func<ResultPiece> piece, Action<ResultPiece> send, TimeProvider time) =>
        (_result, _piece, _send, _time) = (result, piece, send, time);

    /// <summary>The client has taken what lies before an offset, or refuses it all. On any thread.</summary>
    public void Taken(long offset, string refusal)
    {
        lock (_lock)
        {
            if (refusal.Length > 0) _refusal = refusal;
            else if (offset > _taken && offset <= _result.Length) _taken = offset;
            else return;
            _moved.TrySetResult();
        }
    }

    /// <summary>Ends when the client has all of it.</summary>
    /// <exception cref="InvalidOperationException">The client refuses it.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        long sent = 0;
        while (true)
        {
            Task moved;
            long taken;
            lock (_lock)
            {
                if (_refusal is not null) throw new InvalidOperationException(_refusal);
                if (_taken == _result.Length) return;
                if (_moved.Task.IsCompleted) _moved = NewMove();
                (moved, taken) = (_moved.Task, _taken);
            }

            sent = Math.Max(sent, taken);
            for (; sent < _result.Length && sent - taken < (long)Ahead * PieceBytes; sent += PieceBytes) Send(sent);
            try
            {
                await moved.WaitAsync(AnswerTime, _time, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                sent = taken;
            }
        }
    }

    private void Send(long offset)
    {
        var piece = _piece();
        (piece.Length, piece.Offset) = (_result.Length, offset);
        piece.Data = UnsafeByteOperations.UnsafeWrap(_result.Slice((int)offset, (int)Math.Min(PieceBytes, _result.Length - offset)));
        _send(piece);
    }

    private static TaskCompletionSource NewMove() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
