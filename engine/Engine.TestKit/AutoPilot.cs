using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Reacts to each message of a test actor as it arrives; returns what is to react to the next.</summary>
public abstract class AutoPilot
{
    protected AutoPilot()
    {
    }

    /// <summary>Goes on with the same one.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>Returned by an auto-pilot that wants the next message too.</summary>
public sealed class KeepRunning : AutoPilot
{
    public static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException("KeepRunning stands for the auto-pilot that returned it; it is not one itself.");
}
