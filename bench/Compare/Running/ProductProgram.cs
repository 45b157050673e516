using System.Diagnostics;
using ActorCompute.Processes;

namespace ActorCompute.Compare.Running;

/// <summary>The product as a person uses it: its command line, built or published.</summary>
internal sealed class ProductProgram
{
    private ProductProgram(string path) => Path = path;

    public string Path { get; }

    /// <summary>The built one, beside this program's own output.</summary>
    public static ProductProgram Built()
    {
        var configuration = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return In(System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "Cli", configuration)));
    }

    /// <summary>The one in a folder.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ProductProgram In(string folder)
    {
        var path = System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "actorcompute.exe" : "actorcompute");
        return File.Exists(path) ? new(path) : throw new InputException($"{path} is not there; publish the command line into that folder.");
    }

    /// <summary>Runs it to its end.</summary>
    public Task<CommandRun> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation, params IEnumerable<(string Name, string Value)> environment) =>
        CommandRun.RunAsync(Path, arguments, cancellation, environment);

    /// <summary>Whether a verb knows an option.</summary>
    public async Task<bool> KnowsAsync(string verb, string option, CancellationToken cancellation) =>
        (await RunAsync([verb, "--help"], cancellation).ConfigureAwait(false)).Output.Contains(option, StringComparison.Ordinal);
}

/// <summary>A command that ran to its end with exit status 0: its times, process start included, and its output.</summary>
/// <param name="FirstAnswer">Seconds until its first full line but one that only names columns; all of them when it wrote none.</param>
/// <param name="Seconds">Seconds until its end.</param>
/// <param name="Output">All it wrote.</param>
internal sealed record CommandRun(double FirstAnswer, double Seconds, string Output)
{
    /// <exception cref="InvalidOperationException">It failed; what it said is in the message.</exception>
    public static async Task<CommandRun> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation, params IEnumerable<(string Name, string Value)> environment)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment) info.Environment[name] = value;
        var startedAt = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var lines = new List<string>();
            double? firstAnswer = null;
            while (await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                lines.Add(line);
                if (firstAnswer is null && !IsHeading(line)) firstAnswer = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            }

            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            if (process.ExitCode != ExitCodes.Success) throw new InvalidOperationException($"{program} {string.Join(' ', info.ArgumentList)} exited with {process.ExitCode}: {await errors.ConfigureAwait(false)}");
            return new(firstAnswer ?? seconds, seconds, string.Join('\n', lines));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    // The tables that we write as text begin with the names of their columns.
    private static bool IsHeading(string line) => line.StartsWith("number\t", StringComparison.Ordinal) || line.StartsWith("reference\t", StringComparison.Ordinal);
}
