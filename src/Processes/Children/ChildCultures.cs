using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorCompute.Processes;

/// <summary>
/// Whether a process has cultures. A worker that runs functions of users should, as their own program does; one of built-in kinds
/// alone starts faster without. On Linux they are in ICU, a library that may be missing: a runtime that looks for it in vain does not
/// start. So the parent decides, in the child's environment.
/// </summary>
public static class ChildCultures
{
    /// <summary>What a person is told once where functions run without cultures.</summary>
    public const string Missing = "there is no ICU here (the package libicu), so functions run without cultures: numbers, dates and order of texts are the invariant ones";

    private const string Switch = "System.Globalization.Invariant";
    private const string Variable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    // Those that .NET 10 looks for.
    private const int FirstVersion = 50;
    private const int LastVersion = 100;

    private static readonly Lazy<bool> Found = new(Find);

    /// <summary>Whether a process on this machine can have cultures.</summary>
    public static bool AreHere => Found.Value;

    /// <summary>Says in the environment of a process that is about to be started whether it has cultures.</summary>
    /// <param name="info">The process.</param>
    /// <param name="wanted">Whether it runs code of users.</param>
    public static void Decide(ProcessStartInfo info, bool wanted) => info.Environment[Variable] = wanted && AreHere ? "0" : "1";

    /// <summary>Goes without them in this process, which must be the first thing that it does.</summary>
    public static void TurnOffHere() => AppContext.SetSwitch(Switch, true);

    private static bool Find()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) return true;
        // This process has them.
        if (!IsInvariantHere()) return true;
        for (var version = LastVersion; version >= FirstVersion; version--)
        {
            if (CanLoad($"libicuuc.so.{version}") && CanLoad($"libicui18n.so.{version}")) return true;
        }

        return false;
    }

    private static bool IsInvariantHere()
    {
        if (AppContext.TryGetSwitch(Switch, out var isInvariant)) return isInvariant;
        return Environment.GetEnvironmentVariable(Variable) is { } text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));
    }

    private static bool CanLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle)) return false;
        NativeLibrary.Free(handle);
        return true;
    }
}
