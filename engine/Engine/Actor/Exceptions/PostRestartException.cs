namespace Akka.Actor;

/// <summary>A restart failed: the new instance could not be made, or its PostRestart threw.</summary>
internal sealed class PostRestartException(IActorRef actor, Exception cause, Exception original)
    : ActorInitializationException(
        actor, $"Exception post restart ({(original is null ? "null" : original.GetType().Name)})", cause);
