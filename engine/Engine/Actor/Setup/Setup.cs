namespace Akka.Actor.Setup;

/// <summary>Settings that are objects rather than configuration text.</summary>
public abstract class Setup
{
    protected Setup()
    {
    }

    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
