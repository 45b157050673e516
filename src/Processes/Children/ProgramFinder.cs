using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorCompute.Processes;

/// <summary>Finds the seed's and the worker's program: beside this one when published, in a folder there when they come with the package, in their own output folders when built.</summary>
public static class ProgramFinder
{
    // As build/ActorCompute.targets of the package names it.
    private const string PackagedPrograms = "actorcompute-programs";

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
        var folder = new[] { here, Path.Combine(here, PackagedPrograms), built }.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, program + ".dll")))
            ?? throw new ProgramMissingException($"the program {program} is neither in {here} nor in {built}; build the solution or publish the command line again.");

        var executable = Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program);
        var hasExecutable = File.Exists(executable);
        var info = new ProcessStartInfo(hasExecutable ? executable : Runtime)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Whatever the locale: names and messages are UTF-8 at both ends (StandardStreams).
            StandardInputEncoding = StandardStreams.Encoding,
            StandardOutputEncoding = StandardStreams.Encoding,
            StandardErrorEncoding = StandardStreams.Encoding,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        // The runtime that runs this program runs the child too, wherever it is installed.
        if (hasExecutable) info.Environment["DOTNET_ROOT"] = RuntimeRoot;
        else info.ArgumentList.Add(Path.Combine(folder, program + ".dll"));
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return info;
    }

    /// <summary>
    /// Starts a program. One that is there but cannot be started by itself (not marked as executable, made for another processor,
    /// on a disk mounted without programs) is run by the runtime that runs this one.
    /// </summary>
    /// <exception cref="ProgramMissingException">The system cannot start it.</exception>
    internal static void Start(Process process)
    {
        var program = process.StartInfo.FileName;
        try
        {
            try
            {
                process.Start();
            }
            catch (Win32Exception) when (AssemblyOf(program) is { } assembly)
            {
                process.StartInfo.FileName = Runtime;
                process.StartInfo.ArgumentList.Insert(0, assembly);
                process.Start();
            }
        }
        catch (Win32Exception e)
        {
            process.Dispose();
            throw new ProgramMissingException($"the program {program} cannot be started: {new Win32Exception(e.NativeErrorCode).Message}; build the solution or publish the command line again.");
        }
    }

    private static string? AssemblyOf(string program)
    {
        if (program == Runtime) return null;
        var assembly = (OperatingSystem.IsWindows() ? Path.ChangeExtension(program, null) : program) + ".dll";
        return File.Exists(assembly) ? assembly : null;
    }

    private static string Runtime => Path.Combine(RuntimeRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    // <root>/shared/Microsoft.NETCore.App/<version>/
    private static string RuntimeRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
