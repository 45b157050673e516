using System.Diagnostics;
using System.Globalization;
using ActorCompute.Compare.Running;

namespace ActorCompute.Compare.Peers;

/// <summary>A script in Python beside this program, which measures once for each line it is sent, and answers with a number.</summary>
internal sealed class PythonPeer : IDisposable
{
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _name;

    private PythonPeer(Process process, string name) => (_process, _name) = (process, name);

    /// <summary>A contender that runs a script while the row is measured; one that is not here when Python or the module is missing.</summary>
    /// <param name="name">As the table shows it.</param>
    /// <param name="peers">Where the process is kept, to be ended with the row.</param>
    /// <param name="module">What the script imports that may not be installed, and the package that brings it.</param>
    /// <param name="script">Its file name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<Contender> StartAsync(string name, ICollection<IDisposable> peers, (string Module, string Package) module, string script, params string[] arguments)
    {
        if (PythonInterpreter.Find(module.Module) is not { } python)
            return Contender.NotHere(name, $"no python3 here has {module.Module}; apt-get install {module.Package}");

        var info = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Peers", script));
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        var peer = new PythonPeer(Process.Start(info)!, script);
        peers.Add(peer);
        await peer.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        return new(name, peer.MeasureAsync);
    }

    public void Dispose()
    {
        // It ends with its input.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(EndBound)) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<double> MeasureAsync(CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync().ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(cancellation).ConfigureAwait(false);
        return double.Parse(await ReadAsync(cancellation).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private async Task<string> ReadAsync(CancellationToken cancellation) =>
        await _process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) ?? throw new InvalidOperationException($"{_name} ended; what it said is above.");
}
