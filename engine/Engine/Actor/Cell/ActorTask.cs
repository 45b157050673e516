using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// One asynchronous handler: the scheduler that its awaits come back to. Continuations that leave it
/// (<c>ConfigureAwait(false)</c>) run elsewhere and must not touch the actor.
/// </summary>
internal sealed class ActorTask(ActorCell cell, object message, IActorRef sender) : TaskScheduler
{
    // The thread that runs a piece of this operation right now; only there may tasks be inlined.
    private int _thread;
    private Task _whole;

    public object Message => message;

    public IActorRef Sender => sender;

    /// <summary>Read and written on the actor's turn only.</summary>
    public bool Abandoned { get; set; }

    /// <summary>Why the handler failed, once it is done; null if it did not.</summary>
    public Exception Failure =>
        _whole.IsCanceled ? new TaskCanceledException(_whole) : _whole.Exception?.InnerException;

    /// <summary>Runs a task that has not yet started, or was queued here.</summary>
    public void RunOnThisTurn(Task task)
    {
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            if (task.Status == TaskStatus.Created)
                task.RunSynchronously(this);
            else
                TryExecuteTask(task);
        }
        finally
        {
            _thread = 0;
        }
    }

    public void CompleteWith(Task whole)
    {
        _whole = whole;
        whole.ContinueWith(
            static (_, state) => ((ActorTask)state).Done(), this,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, Default);
    }

    protected override void QueueTask(Task task) => cell.SendSystemMessage(new RunActorTask(this, task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        _thread == Environment.CurrentManagedThreadId && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Done() => cell.SendSystemMessage(new ActorTaskDone(this));
}
