using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using ActorCompute.Kinds.Programs;

namespace ActorCompute.Worker.Commands;

/// <summary>Runs programs on Windows, each in a job object, which ends all of it when its last handle is closed: also that of a worker that dies.</summary>
/// <remarks>Not tested: there was no Windows at hand.</remarks>
[SupportedOSPlatform("windows")]
internal sealed class WindowsCommandRunner : ICommandRunner
{
    private const int FileNotFound = 2;
    private const int PathNotFound = 3;
    private const int AccessDenied = 5;

    private static readonly TimeSpan DrainBound = TimeSpan.FromSeconds(1);

    public CommandResult Run(CommandLaunch launch, in TaskContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        using var job = new JobObject();
        using var process = new Process { StartInfo = InfoOf(launch) };
        var startedAt = TimeProvider.System.GetUtcNow();
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            process.Start();
        }
        catch (Win32Exception e) when (e.NativeErrorCode is FileNotFound or PathNotFound or AccessDenied)
        {
            throw new InputException($"the program '{launch.Name}' cannot be started on this worker: {e.Message}", e);
        }

        job.Add(process.SafeHandle);
        process.StandardInput.Close();
        KeptOutput output = new(launch.MaxOutput, keepsLast: false), error = new(launch.MaxOutput, keepsLast: true);
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput.BaseStream, output), ReadAsync(process.StandardError.BaseStream, error));
        // There is no gentle way to ask all of a job to end.
        using (context.Cancellation.Register(job.End)) process.WaitForExit();
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        reading.Wait(DrainBound);
        job.End();
        context.Cancellation.ThrowIfCancellationRequested();
        reading.Wait();
        return new()
        {
            ExitCode = process.ExitCode,
            StartedAt = startedAt,
            Elapsed = elapsed,
            OutputBytes = output.Take(),
            ErrorBytes = error.Take(),
            IsOutputCut = output.IsCut,
            IsErrorCut = error.IsCut,
        };
    }

    private static ProcessStartInfo InfoOf(CommandLaunch launch)
    {
        var info = new ProcessStartInfo(launch.Name)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = launch.Folder ?? "",
        };
        info.Environment.Clear();
        foreach (var (name, value) in CommandEnvironment.Read()) info.Environment[name] = value;
        if (launch.ShellText is { } text)
        {
            // Cmd has rules of its own for quotation marks: with /s it takes away the outer two, and nothing else.
            info.Arguments = $"/d /v:on /s /c \"{text}\"";
            for (var i = 0; i < launch.Words.Count; i++) info.Environment[CommandLaunch.VariableOf(i)] = launch.Words[i];
        }
        else
        {
            foreach (var word in launch.Words.Skip(1)) info.ArgumentList.Add(word);
        }

        return info;
    }

    private static Task ReadAsync(Stream stream, KeptOutput kept) => Task.Run(() =>
    {
        var buffer = new byte[64 << 10];
        int read;
        while ((read = stream.Read(buffer)) > 0) kept.Add(buffer.AsSpan(0, read));
    });
}
