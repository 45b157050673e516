namespace ActorCompute.Support;

/// <summary>What a program writes to one of its streams, line by line, and the way to wait for a line.</summary>
internal sealed class OutputLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private bool _ended;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutputLog(StreamReader reader) => Ended = ReadAsync(reader);

    /// <summary>Ends with the stream.</summary>
    public Task Ended { get; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    /// <summary>The first line that fits, written already or to come; null when the stream ends without one.</summary>
    public async Task<string?> FindAsync(Func<string, bool> fits)
    {
        for (var seen = 0; ; seen++)
        {
            if (await LineAsync(seen).ConfigureAwait(false) is not { } line) return null;
            if (fits(line)) return line;
        }
    }

    private async Task<string?> LineAsync(int index)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (index < _lines.Count) return _lines[index];
                if (_ended) return null;
                changed = _changed.Task;
            }

            await changed.ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line) Change(line);
        }
        finally
        {
            Change(null);
        }
    }

    private void Change(string? line)
    {
        lock (_lock)
        {
            if (line is not null) _lines.Add(line);
            else _ended = true;
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
