using Akka.Actor;

namespace ActorCompute.Client.Attach;

/// <summary>Waits until so many workers have registered.</summary>
internal sealed class WorkerCounter : ReceiveActor
{
    /// <summary>By arguments and not by an expression: to bring those up takes a client some milliseconds of its start.</summary>
    public static Props PropsFor(IActorRef attach, int count, TaskCompletionSource enough) => Props.Create<WorkerCounter>(attach, count, enough);

    public WorkerCounter(IActorRef attach, int count, TaskCompletionSource enough)
    {
        Receive<WorkersChanged>(view =>
        {
            if (view.Workers.Count >= count) enough.TrySetResult();
        });
        attach.Tell(SubscribeWorkers.Instance, Self);
    }
}
