using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Keeps the test actor the implicit sender after an await: continuations run with its cell as the current one.</summary>
internal sealed class CellKeepingSynchronizationContext(ActorCell cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object state) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => Send(d, state), null);

    public override void Send(SendOrPostCallback d, object state)
    {
        var (outerContext, outerCell) = (Current, ActorCell.Current);
        SetSynchronizationContext(this);
        ActorCell.Current = cell;
        try
        {
            d(state);
        }
        finally
        {
            ActorCell.Current = outerCell;
            SetSynchronizationContext(outerContext);
        }
    }

    public override SynchronizationContext CreateCopy() => this;
}

/// <summary>A test kit that leaves the sender of its thread alone.</summary>
internal interface INoImplicitSender;
