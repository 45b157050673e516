using ActorCompute.Hosting;
using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Client.Attach;

/// <summary>Hears why the seed could not be reached, for the message of a client that gives up.</summary>
internal sealed class ConnectionErrors(IReadOnlyList<HostEndpoint> seeds, Action<string> onError) : UntypedActor
{
    public static Props PropsFor(IReadOnlyList<HostEndpoint> seeds, Action<string> onError) => Props.Create<ConnectionErrors>(seeds, onError);

    protected override void OnReceive(object message)
    {
        if (message is AssociationErrorEvent { RemoteAddress: { } remote } error && seeds.Any(seed => remote.Host == seed.Host && remote.Port == seed.Port)) onError(error.Cause.GetBaseException().Message);
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
}
