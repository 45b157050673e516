using System.Diagnostics;

namespace ActorCompute.Support;

/// <summary>One of the built programs while it runs. Disposing ends it and whatever it has started, by id.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>Enough for anything a test does, on a machine that is busy with something else as well.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Set to anything, all programs that tests start speak TLS, with the certificate that <c>ACTORCOMPUTE_TLS_CERTIFICATE</c> names; its
    /// authority is trusted by <c>SSL_CERT_FILE</c>.
    /// </summary>
    private const string TlsSwitch = "ACTORCOMPUTE_TEST_TLS";

    private static readonly string[] TlsVariables = ["ACTORCOMPUTE_TLS_CERTIFICATE", "ACTORCOMPUTE_TLS_PASSWORD"];

    private const string Marker = "ACTORCOMPUTE_TEST_RUN";

    private readonly Process _process;
    private readonly string _commandLine;
    private readonly string _marker = Guid.NewGuid().ToString("n");
    private readonly DateTime _startedAt;

    private RunningProgram(string project, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables, bool readsOutput, string? shell)
    {
        _commandLine = $"{program} {string.Join(' ', arguments)}";
        var executable = ProgramFolder.ExecutableOf(project, program);
        // What only a shell can do before; it becomes the program, so the id stays.
        var info = shell is null
            ? new ProcessStartInfo(executable, arguments)
            : new ProcessStartInfo("/bin/sh", ["-c", shell, executable, .. arguments]);
        (info.RedirectStandardInput, info.RedirectStandardOutput, info.RedirectStandardError, info.CreateNoWindow) = (true, true, true, true);
        // A person's own cluster and secret must not have a part in this; a certificate only if these tests are to speak TLS.
        info.Environment.Remove("ACTORCOMPUTE_CLUSTER");
        if (!SpeaksTls) foreach (var name in TlsVariables) info.Environment.Remove(name);
        info.Environment["ACTORCOMPUTE_SECRET"] = TestCluster.Secret;
        info.Environment[Marker] = _marker;
        foreach (var (name, value) in variables) info.Environment[name] = value;
        _process = Process.Start(info)!;
        _startedAt = _process.StartTime;
        Id = _process.Id;
        if (readsOutput) Output = new(_process.StandardOutput);
        Error = new(_process.StandardError);
    }

    public int Id { get; }

    public static bool SpeaksTls { get; } = Environment.GetEnvironmentVariable(TlsSwitch) is { Length: > 0 };

    /// <summary>It has not ended.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Its standard output as lines; null when the test reads that itself.</summary>
    public OutputLog? Output { get; }

    public OutputLog Error { get; }

    /// <summary>Its standard input.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Its standard output, for a test that reads it itself.</summary>
    public StreamReader RawOutput => Output is null ? _process.StandardOutput : throw new InvalidOperationException("started with readsOutput.");

    /// <summary>The living processes that it has started and that these have started, itself included.</summary>
    public IReadOnlyList<int> Family => ProcessTable.MarkedWith(_marker, Id, _startedAt);

    public static RunningProgram StartCli(params IReadOnlyList<string> arguments) => Start("Cli", "actorcompute", arguments);

    public static RunningProgram Start(
        string project, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, bool readsOutput = true, string? outputFile = null) =>
        new(project, program, arguments, variables ?? new Dictionary<string, string?>(), readsOutput, outputFile is null ? null : $"exec \"$0\" \"$@\" >'{outputFile}'");

    /// <summary>A program under one of the shell's limits, written as for <c>ulimit</c>.</summary>
    public static RunningProgram StartWithLimit(string limit, string project, string program, params IReadOnlyList<string> arguments) =>
        new(project, program, arguments, new Dictionary<string, string?>(), readsOutput: true, $"ulimit {limit}; exec \"$0\" \"$@\"");

    /// <summary>A line as somebody types it at the prompt of a shell, in a folder.</summary>
    public static RunningProgram StartShell(string folder, string line) =>
        new("Cli", "actorcompute", [], new Dictionary<string, string?>(), readsOutput: true, $"cd '{folder}' && {line}");

    /// <summary>Starts a copy of the command that lies elsewhere.</summary>
    public static RunningProgram StartCopy(string executable, params IReadOnlyList<string> arguments) =>
        new("Cli", "actorcompute", arguments, new Dictionary<string, string?>(), readsOutput: true, $"exec '{executable}' \"$@\"");

    /// <summary>Starts a script of the repository by the plain shell.</summary>
    public static RunningProgram StartScript(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables) =>
        new("Cli", "actorcompute", arguments, variables, readsOutput: true, $"exec /bin/sh '{Path.Combine(ProgramFolder.Repository, path)}' \"$@\"");

    /// <summary>Starts a program in one of Linux' network namespaces.</summary>
    public static RunningProgram StartIn(string networkNamespace, string project, string program, params IReadOnlyList<string> arguments) =>
        new(project, program, arguments, new Dictionary<string, string?>(), readsOutput: true, $"exec ip netns exec '{networkNamespace}' \"$0\" \"$@\"");

    /// <summary>Starts a program that sees empty files in place of some libraries; only root may.</summary>
    public static RunningProgram StartWithout(IEnumerable<string> libraries, string project, string program, params IReadOnlyList<string> arguments) =>
        new(project, program, arguments, new Dictionary<string, string?>(), readsOutput: true, $"exec unshare --mount /bin/sh -c 'for file in {string.Join(' ', libraries)}; do mount --bind /dev/null $file || exit 99; done; exec \"$0\" \"$@\"' \"$0\" \"$@\"");

    /// <summary>A command on a terminal of its own (by util-linux' script); its arguments have nothing that a shell would change.</summary>
    public static RunningProgram StartOnTerminal(int columns, params IReadOnlyList<string> arguments) =>
        new("Cli", "actorcompute", arguments, new Dictionary<string, string?> { ["TERM"] = "xterm-256color" }, readsOutput: true, $"exec script -qec \"stty cols {columns} rows 40; exec '$0' $*\" /dev/null");

    /// <summary>A command whose standard input is closed.</summary>
    public static RunningProgram StartWithoutInput(params IReadOnlyList<string> arguments) =>
        new("Cli", "actorcompute", arguments, new Dictionary<string, string?>(), readsOutput: true, "exec \"$0\" \"$@\" <&-");

    /// <summary>A command that cannot make a file longer than so many blocks of 512 bytes: as on a full disk, writing fails.</summary>
    public static RunningProgram StartWithFileLimit(int blocks, params IReadOnlyList<string> arguments) => new(
        // The signal that would end the program is ignored, also by what it becomes. The runtime makes a large file in memory for its code.
        "Cli", "actorcompute", arguments, new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" }, readsOutput: true, $"trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");

    /// <summary>Waits for a line, written already or to come.</summary>
    /// <exception cref="TimeoutException">It did not come, or the program ended without it.</exception>
    public async Task<string> WaitForLineAsync(OutputLog log, Func<string, bool> fits, string phase, TimeSpan? limit = null)
    {
        try
        {
            return await log.FindAsync(fits).WaitAsync(limit ?? Limit) ?? throw new TimeoutException($"{phase}: '{_commandLine}' ended without it. {Seen()}");
        }
        catch (TimeoutException e) when (!e.Message.StartsWith(phase, StringComparison.Ordinal))
        {
            throw new TimeoutException($"{phase}: '{_commandLine}' did not say it within {(limit ?? Limit).TotalSeconds:F0} s. {Seen()}");
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It runs on.</exception>
    public async Task<ProgramResult> WaitAsync(string phase, TimeSpan? limit = null)
    {
        try
        {
            await Task.WhenAll(_process.WaitForExitAsync(), Output?.Ended ?? Task.CompletedTask, Error.Ended).WaitAsync(limit ?? Limit);
        }
        catch (TimeoutException)
        {
            var state = _process.HasExited ? "has ended, but somebody holds its streams open" : "runs on";
            throw new TimeoutException($"{phase}: '{_commandLine}' {state} after {(limit ?? Limit).TotalSeconds:F0} s. {Seen()}");
        }

        return new ProgramResult(_commandLine, _process.ExitCode, Output?.Lines ?? [], Error.Lines).AssertNoStackTrace();
    }

    /// <summary>Waits until nothing of what it started lives.</summary>
    public Task AssertFamilyEndsAsync(string phase, TimeSpan limit) =>
        Poll.UntilAsync($"{phase}: the end of all that '{_commandLine}' started", limit, () => Family.Count == 0, () => $"Alive: {string.Join(", ", Family)}. {Seen()}");

    /// <summary>Ends the process at once, as nothing can be caught.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        foreach (var id in Family.Prepend(Id).Distinct()) KillById(id);
        if (!_process.HasExited) await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Ends some process of a test at once.</summary>
    public static void KillById(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private string Seen() => new ProgramResult(_commandLine, _process.HasExited ? _process.ExitCode : -1, Output?.Lines ?? [], Error.Lines).ToString();
}
