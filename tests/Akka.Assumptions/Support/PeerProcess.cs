using System.Globalization;
using ActorCompute.Processes;

namespace ActorCompute.Assumptions.Support;

/// <summary>A peer that is a process of its own (tests/Akka.Assumptions.Node). Disposing kills it.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    /// <summary>The path of its actor that answers each chunk with its process id.</summary>
    public const string Echo = "/user/echo";

    private readonly RunningProgram _program;

    private PeerProcess(RunningProgram program, HostEndpoint endpoint) => (_program, Endpoint) = (program, endpoint);

    public HostEndpoint Endpoint { get; }

    public int Id => _program.Id;

    /// <param name="port">0 for a free one.</param>
    public static async Task<PeerProcess> StartAsync(int port = 0)
    {
        var program = RunningProgram.Start("Akka.Assumptions.Node", "ActorCompute.Akka.Assumptions.Node", [port.ToString(CultureInfo.InvariantCulture)]);
        try
        {
            return new(program, HostEndpoint.Parse(await SaysAsync(program, "listening ", "the peer's address")));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>The simple names of the assemblies that it has loaded.</summary>
    public async Task<IReadOnlyList<string>> AssembliesAsync()
    {
        await _program.Input.WriteLineAsync("assemblies");
        await _program.Input.FlushAsync();
        return (await SaysAsync(_program, "loaded ", "its assemblies")).Split(' ');
    }

    public void Send(int signal) => Signal.Send(Id, signal);

    /// <summary>Ends it at once; it is gone when the task ends.</summary>
    public async Task KillAsync()
    {
        _program.Kill();
        await _program.WaitAsync("the killed peer");
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static async Task<string> SaysAsync(RunningProgram program, string start, string phase) =>
        (await program.WaitForLineAsync(program.Output!, line => line.StartsWith(start, StringComparison.Ordinal), phase))[start.Length..];
}
