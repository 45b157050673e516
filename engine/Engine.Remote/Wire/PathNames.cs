using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>How paths are written on the wire: without the address when both ends know it anyway, with the uid when there is one.</summary>
internal static class PathNames
{
    /// <summary>"/user/worker#17"; the address is left to the context.</summary>
    public static string WithoutAddress(ActorPath path) =>
        path.Uid == 0 ? path.ToStringWithoutAddress() : $"{path.ToStringWithoutAddress()}#{path.Uid}";

    /// <summary>Of a reference that travels from here: a local one without address, one of another node whole.</summary>
    public static string OfSender(IActorRef sender) =>
        sender is RemoteActorRef remote ? remote.Path.ToSerializationFormat() : WithoutAddress(sender.Path);

    /// <summary>References of asks: used once or twice, not worth remembering.</summary>
    public static bool IsTemporary(ActorPath path) => path.Depth > 1 && path.Parent.Name == "temp";
}
