using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorCompute.Hosting;

/// <summary>Finds the seed's and the worker's program: beside this one when published, in their own output folders when built.</summary>
public static class ProgramFinder
{
    /// <summary>How to start a program: no window, its three streams as pipes.</summary>
    /// <param name="project">The project's folder name: <c>Seed</c> or <c>Worker</c>.</param>
    /// <param name="program">The program's file name without ending.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="ProgramMissingException">It is not there.</exception>
    public static ProcessStartInfo Find(string project, string program, params string[] arguments)
    {
        var here = AppContext.BaseDirectory;
        // artifacts/bin/<Project>/<configuration>/: beside the caller's own output stands the program's.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(here));
        var built = Path.GetFullPath(Path.Combine(here, "..", "..", project, configuration));
        var folder = new[] { here, built }.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, program + ".dll")))
            ?? throw new ProgramMissingException($"the program {program} is neither in {here} nor in {built}; build the solution or publish the command line again.");

        var executable = Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program);
        var hasExecutable = File.Exists(executable);
        var info = new ProcessStartInfo(hasExecutable ? executable : Path.Combine(RuntimeRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        // The runtime that runs this program runs the child too, wherever it is installed.
        if (hasExecutable) info.Environment["DOTNET_ROOT"] = RuntimeRoot;
        else info.ArgumentList.Add(Path.Combine(folder, program + ".dll"));
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return info;
    }

    // <root>/shared/Microsoft.NETCore.App/<version>/
    private static string RuntimeRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
