using System.Runtime.InteropServices;
using ActorCompute.Kinds.Programs;

namespace ActorCompute.Worker.Commands;

/// <summary>A program that runs, from its start until nothing of its group is left. On the thread of its slot, which waits here.</summary>
internal sealed class UnixCommand : IDisposable
{
    private const int ProcessHandle = 434;
    private const int Piece = 64 << 10;

    // Without a handle that tells of its end it is asked for, as often as this in milliseconds.
    private const int Pause = 10;

    // What a program left in the background may hold the outputs open, and is let finish what it writes.
    private static readonly TimeSpan DrainBound = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static byte[]? buffer;

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly int _leader;
    private readonly TimeSpan _grace;
    private readonly (UnixPipe Pipe, KeptOutput Kept) _output;
    private readonly (UnixPipe Pipe, KeptOutput Kept) _error;
    private readonly UnixPipe _wake;
    private readonly int _handle;
    private readonly UnixCalls.Polled[] _polled = new UnixCalls.Polled[4];
    private readonly long _startedAt;
    private long? _toldAt;
    private long? _endedAt;
    private bool _isKilled;
    private int? _status;

    /// <param name="leader">Its process.</param>
    /// <param name="grace">From SIGTERM to SIGKILL.</param>
    /// <param name="output">Its standard output.</param>
    /// <param name="error">Its standard error.</param>
    /// <param name="wake">Something is written into it when the program is to end.</param>
    /// <param name="maxOutput">What is kept of its outputs.</param>
    public UnixCommand(int leader, TimeSpan grace, UnixPipe output, UnixPipe error, UnixPipe wake, int maxOutput)
    {
        (_leader, _grace, _wake, _startedAt) = (leader, grace, wake, _time.GetTimestamp());
        (_output, _error) = ((output, new(maxOutput, keepsLast: false)), (error, new(maxOutput, keepsLast: true)));
        _handle = OperatingSystem.IsLinux() ? (int)UnixCalls.LinuxCall(ProcessHandle, leader, 0) : -1;
    }

    /// <summary>Reads what it writes, ends it when that is wanted, and returns when its whole group has ended.</summary>
    /// <param name="startedAt">When it was started, for a person.</param>
    /// <returns>Its result; null if it was told to end.</returns>
    public CommandResult? Run(DateTimeOffset startedAt)
    {
        buffer ??= new byte[Piece];
        while (!IsOver()) Step();
        EndGroup();
        if (_toldAt is not null) return null;
        var (exitCode, signal) = Decode(_status!.Value);
        return new()
        {
            ExitCode = exitCode,
            Signal = signal,
            StartedAt = startedAt,
            Elapsed = _time.GetElapsedTime(_startedAt, _endedAt!.Value),
            OutputBytes = _output.Kept.Take(),
            ErrorBytes = _error.Kept.Take(),
            IsOutputCut = _output.Kept.IsCut,
            IsErrorCut = _error.Kept.IsCut,
        };
    }

    public void Dispose()
    {
        if (_handle >= 0) UnixCalls.Close(_handle);
        if (_status is not null) return;
        // Only after a fault here: nothing of it may be left.
        UnixGroup.Kill(_leader);
        Reap(0);
    }

    private bool AreOutputsClosed => _output.Pipe.Reader < 0 && _error.Pipe.Reader < 0;

    private bool IsOver() => _endedAt is { } endedAt && (_toldAt is not null || AreOutputsClosed || _time.GetElapsedTime(endedAt) > DrainBound);

    private void Step()
    {
        // Poll passes over what is below 0.
        _polled[0] = new() { Descriptor = _output.Pipe.Reader, Wanted = UnixCalls.Readable };
        _polled[1] = new() { Descriptor = _error.Pipe.Reader, Wanted = UnixCalls.Readable };
        _polled[2] = new() { Descriptor = _toldAt is null ? _wake.Reader : -1, Wanted = UnixCalls.Readable };
        _polled[3] = new() { Descriptor = _endedAt is null ? _handle : -1, Wanted = UnixCalls.Readable };
        if (UnixCalls.Poll(_polled, _polled.Length, Timeout()) < 0) Array.Clear(_polled);
        if (_polled[0].Seen != 0) Take(_output);
        if (_polled[1].Seen != 0) Take(_error);
        if (_polled[2].Seen != 0)
        {
            _toldAt = _time.GetTimestamp();
            UnixGroup.Stop(_leader);
        }

        if (_endedAt is null && (_handle >= 0 ? _polled[3].Seen != 0 : HasEnded())) _endedAt = _time.GetTimestamp();
        if (_toldAt is { } toldAt && !_isKilled && _time.GetElapsedTime(toldAt) > _grace)
        {
            UnixGroup.Kill(_leader);
            _isKilled = true;
        }
    }

    private int Timeout()
    {
        if (_endedAt is { } endedAt) return Milliseconds(DrainBound - _time.GetElapsedTime(endedAt));
        var untilKill = _toldAt is { } toldAt && !_isKilled ? Milliseconds(_grace - _time.GetElapsedTime(toldAt)) : -1;
        if (_handle >= 0) return untilKill;
        return untilKill >= 0 ? Math.Min(untilKill, Pause) : Pause;
    }

    private static int Milliseconds(TimeSpan time) => (int)Math.Clamp(time.TotalMilliseconds + 1, 0, int.MaxValue);

    private static void Take((UnixPipe Pipe, KeptOutput Kept) stream)
    {
        var read = UnixCalls.Read(stream.Pipe.Reader, buffer!, Piece);
        if (read > 0) stream.Kept.Add(buffer.AsSpan(0, (int)read));
        else if (read == 0 || Marshal.GetLastPInvokeError() != UnixCalls.Interrupted) stream.Pipe.CloseReader();
    }

    // Its id is nobody else's until it was waited for: so it is not waited for before its group was told.
    private void EndGroup()
    {
        UnixGroup.Stop(_leader);
        Reap(0);
        UnixGroup.AwaitEnd(_leader, _toldAt ?? _time.GetTimestamp(), _grace);
    }

    private bool HasEnded() => _status is not null || Reap(UnixCalls.NoHang);

    private bool Reap(int options)
    {
        while (_status is null)
        {
            var process = UnixCalls.WaitFor(_leader, out var status, options);
            if (process == 0) return false;
            if (process == _leader) _status = status;
            else if (Marshal.GetLastPInvokeError() == UnixCalls.NoChild) throw new InvalidOperationException($"process {_leader} ended, and how was told to somebody else in this worker.");
        }

        return true;
    }

    // WIFEXITED, WEXITSTATUS, WTERMSIG, which are the same everywhere.
    private static (int ExitCode, int? Signal) Decode(int status) => (status & 0x7F) is var signal && signal == 0 ? ((status >> 8) & 0xFF, null) : (128 + signal, signal);
}
