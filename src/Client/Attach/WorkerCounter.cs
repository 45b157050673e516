using Akka.Actor;

namespace ActorCompute.Client.Attach;

/// <summary>Waits until so many workers have registered.</summary>
internal sealed class WorkerCounter(IActorRef attach, int count, TaskCompletionSource enough) : UntypedActor
{
    public static Props PropsFor(IActorRef attach, int count, TaskCompletionSource enough) => Props.Create<WorkerCounter>(attach, count, enough);

    protected override void PreStart() => attach.Tell(SubscribeWorkers.Instance, Self);

    protected override void OnReceive(object message)
    {
        if (message is WorkersChanged view && view.Workers.Count >= count) enough.TrySetResult();
    }
}
