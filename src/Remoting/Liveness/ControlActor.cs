using Akka.Actor;

namespace ActorCompute.Remoting;

/// <summary>
/// An actor that its process cannot do without. It is not begun again within the process, where it would have forgotten what it
/// held: who hosts it is told of its end, and ends the process, which its keeper starts anew.
/// </summary>
/// <param name="onEnded">Told why, at its first end; also when the whole system ends as it should.</param>
public abstract class ControlActor(Action<string> onEnded) : UntypedActor
{
    private string _reason = "it was stopped from outside";

    /// <summary>It ends.</summary>
    protected virtual void Ended()
    {
    }

    /// <inheritdoc/>
    protected sealed override void PreRestart(Exception reason, object message)
    {
        _reason = $"{reason.GetType().Name}: {reason.Message}";
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected sealed override void PostRestart(Exception reason) => Context.Stop(Self);

    /// <inheritdoc/>
    protected sealed override void PostStop()
    {
        Ended();
        onEnded($"its actor '{Self.Path.Name}' has ended: {_reason}");
    }
}
