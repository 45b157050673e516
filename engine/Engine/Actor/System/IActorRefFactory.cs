namespace Akka.Actor;

/// <summary>Makes actors and finds them.</summary>
public interface IActorRefFactory
{
    /// <summary>Makes a child. Without a name it gets one (<c>$a</c>, <c>$b</c>, ...).</summary>
    IActorRef ActorOf(Props props, string name = null);

    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>A path, absolute (<c>/user/a</c>, <c>akka.tcp://s@h:1/user/a</c>) or relative; <c>..</c>, <c>*</c> and <c>?</c> allowed.</summary>
    ActorSelection ActorSelection(string actorPath);
}
