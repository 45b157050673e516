using Akka.Actor;

namespace ActorCompute.Client.Attach;

/// <summary>Waits until so many workers have registered.</summary>
internal sealed class WorkerCounter : ReceiveActor
{
    public WorkerCounter(IActorRef attach, int count, TaskCompletionSource enough)
    {
        Receive<WorkersChanged>(view =>
        {
            if (view.Workers.Count >= count) enough.TrySetResult();
        });
        attach.Tell(SubscribeWorkers.Instance, Self);
    }
}
