using System.Globalization;
using ActorCompute.Processes;
using Spectre.Console;

namespace ActorCompute.Cli.Output;

/// <summary>What a person sees on standard error while a job runs: a bar or lines, notes, warnings.</summary>
internal sealed class ProgressDisplay
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);

    // Made when it is needed: with standard error in a file it never is.
    private readonly Lazy<IAnsiConsole> _console = new(() => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }));
    private readonly Lazy<Stream> _errors = new(Console.OpenStandardError);
    private readonly bool _hasBar;
    private readonly bool _hasLines;
    private readonly bool _isQuiet;
    private readonly TaskCompletionSource _barIsUnwanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _barIsGone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProgressDisplay(ProgressMode mode)
    {
        _hasBar = mode == ProgressMode.Auto && !Console.IsErrorRedirected;
        _hasLines = _hasBar || mode == ProgressMode.Plain;
        _isQuiet = mode == ProgressMode.None;
    }

    /// <summary>A line about a row that is complete.</summary>
    public void Line(string text)
    {
        if (_hasLines) Write(text);
    }

    /// <summary>Something that a person should see in every mode.</summary>
    public void Note(string text) => Write(text);

    /// <summary>How it went, for an answer that does not say so itself.</summary>
    public void Summary(string text)
    {
        if (!_isQuiet) Write(text);
    }

    /// <summary>What a program wrote to standard error, as it is.</summary>
    public void PassOn(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        EndBar();
        try
        {
            _errors.Value.Write(bytes.Span);
        }
        catch (IOException)
        {
            // Nobody reads it any more; the answer goes on.
        }
    }

    /// <summary>
    /// Takes the bar away for good, before rows are written to the same terminal: it is drawn again and again where the cursor
    /// was, and would go over them. Returns when it is gone; harmless without a bar, and when it is called again.
    /// </summary>
    public void EndBar()
    {
        if (!_hasBar) return;
        _barIsUnwanted.TrySetResult();
        _barIsGone.Task.GetAwaiter().GetResult();
    }

    /// <summary>Shows progress until the work is done. The work runs on threads of its own, and may end the bar.</summary>
    /// <param name="noun">What a task is called.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="work">The work.</param>
    public async Task ShowAsync(string noun, Func<JobProgress> progress, Func<Task> work)
    {
        if (!_hasBar)
        {
            await ShowLinesAsync(noun, progress, work()).ConfigureAwait(false);
            return;
        }

        var running = Task.Run(work);
        try
        {
            await ShowBarAsync(noun, progress, running).ConfigureAwait(false);
        }
        finally
        {
            _barIsGone.TrySetResult();
        }

        await running.ConfigureAwait(false);
    }

    private Task ShowBarAsync(string noun, Func<JobProgress> progress, Task running) =>
        _console.Value.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(noun + "s", maxValue: 1);
                var end = Task.WhenAny(running, _barIsUnwanted.Task);
                while (await Task.WhenAny(end, Task.Delay(BarInterval)).ConfigureAwait(false) != end)
                {
                    var now = progress();
                    bar.IsIndeterminate = now.Total is null or 0;
                    bar.MaxValue = Math.Max(1, now.Total ?? 1);
                    bar.Value = now.Done;
                    bar.Description = Markup.Escape(Describe(noun, now));
                }
            });

    private static string Describe(string noun, JobProgress now)
    {
        var total = now.Total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0}") : "";
        var failed = now.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {now.Failed:N0} failed") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{now.Done:N0}{total} {noun}s on {now.Workers} workers{failed}");
    }

    private async Task ShowLinesAsync(string noun, Func<JobProgress> progress, Task running)
    {
        while (_hasLines && await Task.WhenAny(running, Task.Delay(LineInterval)).ConfigureAwait(false) != running) Write(Describe(noun, progress()));
        await running.ConfigureAwait(false);
    }

    private void Write(string line)
    {
        var text = ShownText.Line(line);
        // Redirected, a line stays one line; Spectre would break it at 80 columns.
        if (Console.IsErrorRedirected) Console.Error.WriteLine(text);
        else _console.Value.WriteLine(text);
    }
}
