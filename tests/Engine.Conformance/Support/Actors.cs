using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Support;

/// <summary>Sends every message back.</summary>
public sealed class EchoActor : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message);
}

/// <summary>Passes every message on to another actor, with its sender.</summary>
public sealed class ForwardActor : UntypedActor
{
    private readonly IActorRef _target;

    public ForwardActor(IActorRef target) => _target = target;

    protected override void OnReceive(object message) => _target.Forward(message);
}

/// <summary>Makes children on request and does what it is told; the parent of the specs.</summary>
public sealed class ParentActor : ReceiveActor
{
    private readonly SupervisorStrategy _strategy;

    public ParentActor(SupervisorStrategy strategy)
    {
        _strategy = strategy;
        Receive<Make>(make => Sender.Tell(Context.ActorOf(make.Props, make.Name)));
        Receive<Exception>(exception => throw exception);
        Receive<string>(text => text == "children", _ => Sender.Tell(Context.GetChildren().ToArray()));
    }

    public sealed record Make(Props Props, string Name = null);

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;
}

/// <summary>The failure of the specs.</summary>
public sealed class SpecException(string message) : Exception(message);
