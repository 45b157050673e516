using ActorCompute.Hosting;
using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Client.Attach;

/// <summary>Hears why the seed could not be reached, for the message of a client that gives up.</summary>
internal sealed class ConnectionErrors : ReceiveActor
{
    /// <summary>By arguments and not by an expression: to bring those up takes a client some milliseconds of its start.</summary>
    public static Props PropsFor(HostEndpoint seed, Action<string> onError) => Props.Create<ConnectionErrors>(seed, onError);

    public ConnectionErrors(HostEndpoint seed, Action<string> onError) => Receive<AssociationErrorEvent>(error =>
    {
        if (error.RemoteAddress is { } remote && remote.Host == seed.Host && remote.Port == seed.Port) onError(error.Cause.GetBaseException().Message);
    });

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
}
