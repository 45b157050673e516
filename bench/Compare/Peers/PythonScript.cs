using ActorCompute.Compare.Running;

namespace ActorCompute.Compare.Peers;

/// <summary>A script in Python beside this program that is run whole, process start included.</summary>
internal static class PythonScript
{
    /// <param name="name">As the table shows it.</param>
    /// <param name="module">What it imports that may not be installed, and the package that brings it.</param>
    /// <param name="measure">Takes the value from a run.</param>
    /// <param name="script">Its file name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Contender Create(string name, (string Module, string Package) module, Func<CommandRun, double> measure, string script, params string[] arguments) =>
        PythonInterpreter.Find(module.Module) is { } python
            ? new(name, async cancellation => measure(await CommandRun.RunAsync(python, [Path.Combine(AppContext.BaseDirectory, "Peers", script), .. arguments], cancellation).ConfigureAwait(false)))
            : Contender.NotHere(name, $"no python3 here has {module.Module}; apt-get install {module.Package}");
}
