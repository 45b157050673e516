using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;
using Akka.Configuration;

namespace ActorCompute.Assumptions.Support;

/// <summary>Actor systems of this process as the programs configure them, ended with the test.</summary>
internal sealed class Peers : IAsyncDisposable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    private readonly List<ActorSystem> _systems = [];

    /// <param name="more">Settings before those of the programs.</param>
    public ActorSystem Start(string more = "")
    {
        var system = SystemConfig.CreateSystem(ConfigurationFactory.ParseString(more).WithFallback(SystemConfig.Peer(HostEndpoint.Loopback, PeerSecret.Value)));
        _systems.Add(system);
        return system;
    }

    /// <summary>An actor of another system, as this one sees it.</summary>
    public static IActorRef Resolve(ActorSystem from, ActorSystem other, IActorRef actor) =>
        ((ExtendedActorSystem)from).Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(AddressOf(other)));

    public static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    /// <summary>Asks until there is an answer: a question is lost with its connection.</summary>
    /// <returns>The process that has answered.</returns>
    public static async Task<int> AnswerAsync(ActorSystem from, HostEndpoint peer, string phase)
    {
        Chunk? answer = null;
        await Poll.UntilAsync(phase, Mail.Limit, async () => (answer = await AskAsync(from.ActorAt(peer, PeerProcess.Echo), AskAgain)) is not null);
        return (int)answer!.Sequence;
    }

    /// <summary>Asks once.</summary>
    /// <returns>The answer; null if none came in time.</returns>
    public static async Task<Chunk?> AskAsync(ICanTell echo, TimeSpan limit, string job = "?")
    {
        try
        {
            return await echo.Ask<Chunk>(new Chunk { Job = job }, limit);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_systems.Select(system => system.Terminate())).WaitAsync(Mail.Limit);
}
