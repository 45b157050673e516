namespace ActorCompute.Samples.Tests;

/// <summary>A cluster that <c>actorcompute up</c> keeps, with kinds of a plug-in folder.</summary>
internal sealed class PluginCluster : IAsyncDisposable
{
    private const string Ready = "ready ";

    private readonly RunningProgram _up;

    private PluginCluster(RunningProgram up, string address) => (_up, Address) = (up, address);

    public string Address { get; }

    public static async Task<PluginCluster> StartAsync(string plugins, int workers = 2)
    {
        var up = RunningProgram.StartCli("up", "--port", "0", "--workers", $"{workers}", "--plugins", plugins);
        try
        {
            var line = await up.WaitForLineAsync(up.Output!, line => line.StartsWith(Ready, StringComparison.Ordinal), "the cluster is up");
            return new(up, line[Ready.Length..]);
        }
        catch
        {
            await up.DisposeAsync();
            throw;
        }
    }

    public Task<ProgramResult> RunAsync(params IReadOnlyList<string> arguments) => CommandLineProgram.RunAsync([.. arguments, "--cluster", Address]);

    public async ValueTask DisposeAsync() => await _up.DisposeAsync();
}
