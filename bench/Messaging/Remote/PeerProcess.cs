using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Messaging.Remote;

/// <summary>The other process, seen from the first.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<HostEndpoint> _endpoint = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildProcess _process;

    private PeerProcess() => _process = ChildProcess.Start(
        ProgramFinder.Find("Messaging", "ActorCompute.Messaging", Peer.Argument),
        order: null,
        onOutput: line =>
        {
            if (line.StartsWith(Peer.ListeningPrefix, StringComparison.Ordinal)) _endpoint.TrySetResult(HostEndpoint.Parse(line[Peer.ListeningPrefix.Length..]));
        },
        onError: Console.Error.WriteLine);

    public static async Task<PeerProcess> StartAsync(CancellationToken cancellation)
    {
        var peer = new PeerProcess();
        await peer._endpoint.Task.WaitAsync(Patience, cancellation).ConfigureAwait(false);
        return peer;
    }

    /// <summary>An actor there.</summary>
    public async Task<IActorRef> FindAsync(ActorSystem system, string name)
    {
        var endpoint = await _endpoint.Task.ConfigureAwait(false);
        return await system.ActorAt(endpoint, $"/user/{name}").ResolveOne(Patience).ConfigureAwait(false);
    }

    public Task StopAsync() => _process.StopAsync(Patience, leave: true);

    public void Dispose() => _process.Dispose();
}
