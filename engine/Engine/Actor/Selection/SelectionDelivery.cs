using System.IO.Enumeration;

namespace Akka.Actor;

/// <summary>Walks a selection downwards from an actor, on whatever thread sends.</summary>
internal static class SelectionDelivery
{
    public static void Deliver(IInternalActorRef anchor, ActorSelectionMessage selection, IActorRef sender)
    {
        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            var element = selection.Elements[i];
            if (element.Length == 0)
                continue;
            if (current is not LocalActorRef local)
            {
                DeliverElsewhere(current, selection with { Elements = selection.Elements[i..] }, sender);
                return;
            }
            if (element == "..")
            {
                if (local.Parent is not LocalActorRef parent)
                {
                    NotFound(anchor, selection, sender);
                    return;
                }
                current = parent;
            }
            else if (IsPattern(element))
            {
                DeliverToMatching(local, element, selection with { Elements = selection.Elements[(i + 1)..], WildcardFanOut = true }, sender);
                return;
            }
            else if (Child(local, element) is { } child)
            {
                current = child;
            }
            else
            {
                NotFound(anchor, selection, sender);
                return;
            }
        }
        current.Tell(selection.Message, sender);
    }

    public static bool IsPattern(string element) => element.AsSpan().ContainsAny('*', '?');

    private static IInternalActorRef Child(LocalActorRef parent, string name)
    {
        if (parent.Cell.FindChild(name) is { } child)
            return child;
        var provider = parent.Cell.SystemImpl.LocalProvider;
        return parent.Equals(provider.RootGuardian) ? provider.VirtualChildOfRoot(name) : null;
    }

    private static void DeliverToMatching(LocalActorRef parent, string pattern, ActorSelectionMessage rest, IActorRef sender)
    {
        foreach (var child in parent.Cell.Children.Refs())
        {
            if (!FileSystemName.MatchesSimpleExpression(pattern, child.Path.Name, ignoreCase: false))
                continue;
            if (rest.Elements.All(string.IsNullOrEmpty))
                child.Tell(rest.Message, sender);
            else
                Deliver(child, rest, sender);
        }
    }

    /// <summary>A reference that is no local actor finds its own children: another node's, or those of <c>/temp</c>.</summary>
    private static void DeliverElsewhere(IInternalActorRef current, ActorSelectionMessage rest, IActorRef sender)
    {
        if (current is not MinimalActorRef)
            current.Tell(rest, sender);
        else if (current.GetChild(rest.Elements) is IInternalActorRef child and not Nobody)
            child.Tell(rest.Message, sender);
        else
            NotFound(current, rest, sender);
    }

    private static void NotFound(IInternalActorRef anchor, ActorSelectionMessage selection, IActorRef sender)
    {
        if (selection.Message is Identify identify)
        {
            if (!selection.WildcardFanOut)
                sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
            return;
        }
        // A pattern that matched an actor without such a child means nobody in particular.
        if (selection.WildcardFanOut)
            return;
        var provider = (LocalActorRefProvider)anchor.Provider;
        var path = selection.Elements.Aggregate(anchor.Path, (path, element) => element == ".." ? path.Parent : path / element);
        provider.DeadLettersFor(new EmptyLocalActorRef(provider, path), selection.Message, sender);
    }
}
