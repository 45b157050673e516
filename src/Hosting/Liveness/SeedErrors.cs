using ActorCompute.Hosting.Transport;
using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Hosting;

/// <summary>Why a seed could not be spoken to.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Reason">For people: what happened and what to do.</param>
/// <param name="IsRefusal">It answered, and will answer the same next time: a wrong secret, another release, TLS on one side alone.</param>
public sealed record SeedError(HostEndpoint Seed, string Reason, bool IsRefusal);

/// <summary>Hears why seeds could not be reached, for the message of a program that gives up.</summary>
public sealed class SeedErrors(IReadOnlyList<HostEndpoint> seeds, Action<SeedError> onError) : UntypedActor
{
    /// <param name="seeds">Whom to listen for.</param>
    /// <param name="onError">Called on the actor's turn.</param>
    public static Props PropsFor(IReadOnlyList<HostEndpoint> seeds, Action<SeedError> onError) => Props.Create<SeedErrors>(seeds, onError);

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));

    protected override void OnReceive(object message)
    {
        if (message is not AssociationErrorEvent { RemoteAddress: { } remote } error) return;
        if (seeds.FirstOrDefault(seed => remote.Host == seed.Host && remote.Port == seed.Port) is { } seed) onError(Describe(seed, error.Cause));
    }

    private static SeedError Describe(HostEndpoint seed, Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketAssociationException refused) return new(seed, refused.Message, Refusals.IsForAPerson(refused.Reason));
        }

        return new(seed, cause.GetBaseException().Message, IsRefusal: false);
    }
}
