using System.Collections.Concurrent;
using System.Diagnostics;

namespace ActorCompute.Compare.Peers;

/// <summary>A machine can have several: the first on the path that has the module.</summary>
internal static class PythonInterpreter
{
    private static readonly ConcurrentDictionary<string, string?> Known = new();

    /// <summary>The path of an interpreter that can import a module; null without one.</summary>
    public static string? Find(string module) =>
        Known.GetOrAdd(module, wanted => ProgramPath.FindAll("python3").Concat(ProgramPath.FindAll("python")).FirstOrDefault(python => CanImport(python, wanted)));

    private static bool CanImport(string python, string module)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", $"import {module}"]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>What the scripts import, and the package that brings it.</summary>
internal static class PythonModules
{
    public static readonly (string Module, string Package) Standard = ("concurrent.futures", "python3");
    public static readonly (string Module, string Package) Dask = ("distributed", "python3-distributed");
    public static readonly (string Module, string Package) Pysam = ("pysam", "python3-pysam");
}
