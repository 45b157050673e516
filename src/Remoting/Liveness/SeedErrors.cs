using ActorCompute.Processes;
using ActorCompute.Remoting.Transport;
using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Remoting;

/// <summary>Why a seed could not be spoken to.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Reason">For people: what happened and what to do.</param>
/// <param name="IsRefusal">It answered, and will answer the same next time: a wrong secret, another release, TLS on one side alone.</param>
public sealed record SeedError(HostEndpoint Seed, string Reason, bool IsRefusal)
{
    /// <summary>It is there, and has said by what address it is to be called; <see cref="SystemConfig.ActorAt"/> does from now on.</summary>
    public bool HasOwnName { get; init; }
}

/// <summary>Hears why seeds could not be reached, for the message of a program that gives up, and by what address they are to be called.</summary>
public sealed class SeedErrors(IReadOnlyList<HostEndpoint> seeds, Action<SeedError> onError) : UntypedActor
{
    /// <param name="seeds">Whom to listen for.</param>
    /// <param name="onError">Called on the actor's turn.</param>
    public static Props PropsFor(IReadOnlyList<HostEndpoint> seeds, Action<SeedError> onError) => Props.Create<SeedErrors>(seeds, onError);

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));

    protected override void OnReceive(object message)
    {
        if (message is not AssociationErrorEvent { RemoteAddress: { } remote } error) return;
        var names = OwnNames.In(Context.System);
        foreach (var seed in seeds)
        {
            if (IsAt(remote, seed)) onError(Describe(seed, error.Cause, names));
            else if (IsAt(remote, names.Of(seed)) && names.Forget(seed)) onError(Describe(seed, error.Cause, names));
        }
    }

    private static bool IsAt(Address remote, HostEndpoint seed) => remote.Host == seed.AddressHost && remote.Port == seed.Port;

    private static SeedError Describe(HostEndpoint seed, Exception cause, OwnNames names)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketAssociationException { OwnName: { } name })
            {
                names.Learn(seed, HostEndpoint.OfAddress(name.Host, name.Port));
                return new(seed, inner.Message, IsRefusal: false) { HasOwnName = true };
            }

            if (inner is SocketAssociationException refused) return new(seed, refused.Message, Refusals.IsForAPerson(refused.Reason));
        }

        return new(seed, cause.GetBaseException().Message, IsRefusal: false);
    }
}
