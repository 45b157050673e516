using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

// The family in one place: immutable, so one instance may go to many actors.

/// <summary>First message of every actor: make the instance and start it.</summary>
internal sealed record Create : ISystemMessage
{
    public static readonly Create Instance = new();
}

/// <summary>Parent to child: replace the instance after a failure.</summary>
internal sealed record Recreate(Exception Cause) : ISystemMessage, IStashWhenWaitingForChildren;

/// <summary>Parent to child: handle no user messages until resumed.</summary>
internal sealed record Suspend : ISystemMessage, IStashWhenWaitingForChildren
{
    public static readonly Suspend Instance = new();
}

/// <summary>Parent to child: go on. With a cause when it answers the failure of that child.</summary>
internal sealed record Resume(Exception CausedByFailure) : ISystemMessage, IStashWhenWaitingForChildren;

/// <summary>Stop.</summary>
internal sealed record Terminate : ISystemMessage
{
    public static readonly Terminate Instance = new();
}

/// <summary>Child to parent: it has failed. <paramref name="Uid"/> names the incarnation, lest a namesake be blamed.</summary>
internal sealed record Failed(IActorRef Child, Exception Cause, long Uid) : ISystemMessage, IStashWhenFailed, IStashWhenWaitingForChildren;

/// <summary>To <paramref name="Watchee"/>: tell <paramref name="Watcher"/> when you stop.</summary>
internal sealed record Watch(IInternalActorRef Watchee, IInternalActorRef Watcher) : ISystemMessage;

internal sealed record Unwatch(IInternalActorRef Watchee, IInternalActorRef Watcher) : ISystemMessage;

/// <summary>To watchers, and always to the parent: <paramref name="Actor"/> has stopped.</summary>
internal sealed record DeathWatchNotification(IActorRef Actor, bool ExistenceConfirmed, bool AddressTerminated) : ISystemMessage;

/// <summary>To itself: a piece of an asynchronous handler is ready to run on the actor's turn.</summary>
internal sealed record RunActorTask(ActorTask Operation, Task Piece) : ISystemMessage, IStashWhenFailed;

/// <summary>To itself: an asynchronous handler is done.</summary>
internal sealed record ActorTaskDone(ActorTask Operation) : ISystemMessage, IStashWhenFailed;

/// <summary>Kept back while the actor waits for its children to stop in a restart.</summary>
internal interface IStashWhenWaitingForChildren;

/// <summary>Kept back while the actor has itself failed and its parent has not yet decided.</summary>
internal interface IStashWhenFailed;
