using System.Runtime.CompilerServices;

namespace ActorCompute.Processes;

/// <summary>Whether the runtime may compile code that is made while the process runs.</summary>
public static class DynamicCode
{
    /// <summary>
    /// Turns it off, which must be the first thing that a process does. Akka.NET compiles regular expressions and expression trees at
    /// its start; interpreted they cost a third of that. Only where nobody else's code runs: Reflection.Emit then throws.
    /// </summary>
    public static void TurnOff() => AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);

    /// <summary>Whether it is off. Asking settles it.</summary>
    public static bool IsOff => !RuntimeFeature.IsDynamicCodeSupported;
}
