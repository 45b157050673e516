namespace Akka.Actor;

/// <summary>All actors at a path, whichever they are when a message comes along; patterns allowed.</summary>
public class ActorSelection : ICanTell
{
    private readonly string[] _elements;

    internal ActorSelection(IActorRef anchor, string[] elements)
    {
        Anchor = anchor;
        _elements = elements;
    }

    public IActorRef Anchor { get; }

    public string PathString => "/" + string.Join('/', _elements);

    public void Tell(object message, IActorRef sender = null)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null.");
        sender ??= ActorCell.CurrentSelf;
        SelectionDelivery.Deliver((IInternalActorRef)Anchor, new ActorSelectionMessage(message, _elements), sender);
    }

    /// <summary>The one actor at the path.</summary>
    /// <exception cref="ActorNotFoundException">No actor answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"There is no actor at {this}.");
        }
        catch (Exception failure) when (failure is not ActorNotFoundException)
        {
            throw new ActorNotFoundException($"No actor at {this} answered within {timeout}.", failure);
        }
    }

    public override bool Equals(object obj) => obj is ActorSelection other && Equals(other);

    protected bool Equals(ActorSelection other) => Equals(Anchor, other.Anchor) && _elements.SequenceEqual(other._elements);

    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);

    public override string ToString() => $"ActorSelection[Anchor({Anchor?.Path}), Path({PathString})]";

    internal static string[] Split(string path) => [.. path.Split('/').Where(element => element.Length > 0)];

    /// <summary>What a path means to <paramref name="anchor"/>: absolute on a node, absolute here, or relative.</summary>
    internal static ActorSelection For(string path, LocalActorRefProvider provider, IActorRef anchor)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Address.TryParse(path, out var address, out var rest))
            return new ActorSelection(provider.RootGuardianAt(address), Split(rest));
        return new ActorSelection(path.StartsWith('/') ? provider.RootGuardian : anchor, Split(path));
    }
}
