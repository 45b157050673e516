namespace Akka.Actor;

/// <summary>References that mean the lack of one.</summary>
public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender; an actor that answers it answers dead letters.</summary>
    public static readonly IActorRef NoSender = null;

    internal static bool Same(IActorRef left, IActorRef right) =>
        left is null ? right is null
            : right is not null && left.Path.Uid == right.Path.Uid && left.Path.Equals(right.Path);

    internal static int Hash(IActorRef actor) => HashCode.Combine(actor.Path.GetHashCode(), actor.Path.Uid);

    internal static int Compare(IActorRef left, IActorRef right)
    {
        if (right is null)
            return 1;
        var byPath = left.Path.CompareTo(right.Path);
        return byPath != 0 ? byPath : left.Path.Uid.CompareTo(right.Path.Uid);
    }

    internal static string Format(IActorRef actor) => $"[{actor.Path.ToStringWithUid()}]";
}
