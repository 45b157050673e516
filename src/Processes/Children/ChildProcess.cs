using System.Diagnostics;
using ActorCompute.Messages;

namespace ActorCompute.Processes;

/// <summary>
/// A child that lives no longer than this process: it gets its order through standard input, and the end of that pipe,
/// which the system closes even after <c>kill -9</c>, is its end.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    private const int TailLines = 20;

    // A process that the child started may hold its pipes open for as long as it likes: what is said later is not waited for.
    private static readonly TimeSpan ReadBound = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Queue<string> _tail = new();
    private readonly Action<string>? _onError;

    // Id and exit status are asked for after the process object was disposed too: kept here, not there.
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputRead = new();
    private readonly TaskCompletionSource _errorRead = new();

    private ChildProcess(Process process, Action<string>? onError) => (_process, _onError) = (process, onError);

    public int Id { get; private set; }

    /// <summary>The end it announced, if it ended on purpose; final when it has ended.</summary>
    public PlannedEnd PlannedEnd { get; private set; }

    /// <summary>Ends when it has, and what it said was read.</summary>
    public Task Exited => _exited.Task;

    /// <summary>Its exit status; only when it has ended.</summary>
    public int ExitCode => _exited.Task is { IsCompletedSuccessfully: true, Result: var code } ? code : throw new InvalidOperationException($"process {Id} is running.");

    /// <summary>How it ended.</summary>
    public string DescribeExit() => _exited.Task is { IsCompletedSuccessfully: true, Result: var code } ? Describe(code) : "is running";

    /// <summary>How it ended, and the last it said.</summary>
    public string DescribeEnd()
    {
        var code = DescribeExit();
        lock (_tail) return _tail.Count == 0 ? code : $"{code}; it said: {string.Join(" | ", _tail)}";
    }

    /// <summary>As <see cref="DescribeEnd"/>; null if it said nothing.</summary>
    public string? LastWords
    {
        get
        {
            lock (_tail) return _tail.Count == 0 ? null : DescribeEnd();
        }
    }

    /// <exception cref="ProgramMissingException">The system cannot start it.</exception>
    public static ChildProcess Start(ProcessStartInfo info, LaunchOrder? order, Action<string>? onOutput = null, Action<string>? onError = null)
    {
        var process = new Process { StartInfo = info };
        var child = new ChildProcess(process, onError);
        process.OutputDataReceived += (_, line) => child.OnOutput(line.Data, onOutput);
        process.ErrorDataReceived += (_, line) => child.OnError(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => child._ended.TrySetResult();
        ProgramFinder.Start(process);
        child.Id = process.Id;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = child.WatchAsync();
        if (order is not null) child.SendLine(order.ToLine());
        return child;
    }

    /// <summary>Names the seeds to a node. A child that is gone already is seen by its exit.</summary>
    /// <param name="seeds"><c>HOST:PORT</c>, separated by commas.</param>
    public void SendSeeds(string seeds) => SendLine(ParentPipe.SeedsPrefix + seeds);

    /// <summary>Tells it to stop, and ends it if it does not within the bound.</summary>
    /// <param name="bound">How long it may take.</param>
    /// <param name="leave">It leaves the cluster in order first; for one whose cluster goes on without it.</param>
    public async Task StopAsync(TimeSpan bound, bool leave)
    {
        try
        {
            if (leave) _process.StandardInput.WriteLine(ParentPipe.LeaveLine);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        try
        {
            await Exited.WaitAsync(bound).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Exited.ConfigureAwait(false);
        }
    }

    public void Dispose() => _process.Dispose();

    private void SendLine(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    /// <summary>Not the framework's own waiting: that ends with the pipes.</summary>
    private async Task WatchAsync()
    {
        await _ended.Task.ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(_outputRead.Task, _errorRead.Task), Task.Delay(ReadBound)).ConfigureAwait(false);
        _exited.SetResult(_process.ExitCode);
    }

    private static string Describe(int exitCode) => ExitText.Of(exitCode, OperatingSystem.IsWindows());

    private void OnOutput(string? line, Action<string>? onOutput)
    {
        if (line is null) _outputRead.TrySetResult();
        else if (PlannedEnds.TryRead(line, out var end)) PlannedEnd = end;
        else onOutput?.Invoke(line);
    }

    private void OnError(string? line)
    {
        if (line is null) _errorRead.TrySetResult();
        if (string.IsNullOrEmpty(line)) return;
        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > TailLines) _tail.Dequeue();
        }

        _onError?.Invoke(line);
    }
}
