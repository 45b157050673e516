using System.Diagnostics;
using System.Runtime.InteropServices;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Running;

/// <summary>A cluster in the background: this command again, as a process that outlives the terminal.</summary>
internal static class DetachedCluster
{
    /// <summary>Marks the process in the background.</summary>
    public const string Flag = "--detached";

    /// <summary>What it says on standard output when the cluster is up, before the address.</summary>
    public const string ReadyPrefix = "ready ";

    private const uint InheritFlag = 1; // HANDLE_FLAG_INHERIT

    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(40);

    /// <summary>Starts it, and returns when its cluster is up or it has failed.</summary>
    /// <param name="arguments">This command's own.</param>
    public static async Task<int> StartAsync(IEnumerable<string> arguments)
    {
        using var process = new Process { StartInfo = StartInfo(arguments) };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(ReadyPrefix, StringComparison.Ordinal) == true) ready.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrEmpty(line.Data)) Console.Error.WriteLine(line.Data);
        };
        KeepStreams();
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var exited = process.WaitForExitAsync();
        var first = await Task.WhenAny(ready.Task, exited, Task.Delay(StartBound)).ConfigureAwait(false);
        if (first == exited) return process.ExitCode == ExitCodes.Success ? ExitCodes.NoCluster : process.ExitCode;
        if (first == ready.Task)
        {
            // What it says about itself comes right after.
            await Task.WhenAny(exited, Task.Delay(TimeSpan.FromMilliseconds(200))).ConfigureAwait(false);
            return ExitCodes.Success;
        }

        process.Kill(entireProcessTree: true);
        return CommandLine.Fail($"the cluster was not up within {StartBound.TotalSeconds:F0} s.", ExitCodes.NoCluster);
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        // Started by a host of its own, or as `dotnet actorcompute.dll`: the same again.
        var program = Environment.ProcessPath ?? throw new ProgramMissingException("the path of this program is not known; start the cluster without --detach.");
        var info = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") info.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in arguments.Where(argument => argument is not ("--detach" or "-d"))) info.ArgumentList.Add(argument);
        info.ArgumentList.Add(Flag);
        return info;
    }

    /// <summary>On Windows a child gets all handles that can be inherited: the pipes of whoever waits for this command's end, too.</summary>
    private static void KeepStreams()
    {
        if (!OperatingSystem.IsWindows()) return;
        foreach (var stream in new[] { -10, -11, -12 }) SetHandleInformation(GetStandardHandle(stream), InheritFlag, 0);
    }

    [DllImport("kernel32", EntryPoint = "GetStdHandle")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStandardHandle(int which);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetHandleInformation(nint handle, uint mask, uint flags);
}
