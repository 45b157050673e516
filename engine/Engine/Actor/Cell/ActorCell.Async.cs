using System.Runtime.ExceptionServices;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <remarks>
/// An asynchronous handler holds the mailbox (suspended, though not for failure) until it is done. Its pieces between
/// awaits come back as system messages and run on the actor's turn, with the message and sender it began with.
/// </remarks>
internal partial class ActorCell
{
    // The running asynchronous handlers; each has suspended the mailbox once.
    private readonly List<ActorTask> _running = [];

    public void RunTask(Func<Task> action)
    {
        var operation = new ActorTask(this, _message, _sender);
        var outer = new Task<Task>(action);
        operation.RunOnThisTurn(outer);
        if (outer.IsFaulted)
            ExceptionDispatchInfo.Throw(outer.Exception.InnerException);
        var inner = outer.Result;
        if (inner is null || inner.IsCompletedSuccessfully)
            return;
        if (inner.IsCompleted)
            inner.GetAwaiter().GetResult();
        Mailbox.Suspend();
        _running.Add(operation);
        operation.CompleteWith(inner);
    }

    private void RunPiece(RunActorTask run)
    {
        if (run.Operation.Abandoned)
            return;
        var (message, sender) = (_message, _sender);
        _message = run.Operation.Message;
        _sender = run.Operation.Sender;
        run.Operation.RunOnThisTurn(run.Piece);
        _message = message;
        _sender = sender;
    }

    private void FinishOperation(ActorTask operation)
    {
        if (operation.Abandoned)
            return;
        _running.Remove(operation);
        Mailbox.Resume();
        if (_receiveTimeout is not null)
            TouchReceiveTimeout();
        if (operation.Failure is { } failure)
        {
            _message = operation.Message;
            _sender = operation.Sender;
            HandleInvokeFailure(failure);
        }
    }

    /// <summary>The instance they belong to goes: their remaining pieces are not run, the mailbox is theirs no more.</summary>
    private void AbandonOperations()
    {
        foreach (var operation in _running)
        {
            operation.Abandoned = true;
            Mailbox.Resume();
        }
        _running.Clear();
    }
}
