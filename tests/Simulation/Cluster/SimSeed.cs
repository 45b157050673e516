using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>A seed: its real registry core.</summary>
internal sealed class SimSeed : SimProcess
{
    private readonly RegistryCore<SimProcess, NodeFacts, string> _core;

    public SimSeed(SimCluster cluster, string name)
        : base(cluster.World, name)
    {
        _core = new(Now);
        Every(TimeSpan.FromMilliseconds(500), () => Handle(new RegistryEvent<SimProcess, NodeFacts, string>.TimePassed(Now)));
    }

    public override void Receive(SimProcess from, SimMessage message)
    {
        switch (message)
        {
            case RegisterMessage register: Handle(new RegistryEvent<SimProcess, NodeFacts, string>.WorkerCame(register.Life, register.Life.Worker.Value, from, register.Facts, default, Now)); break;
            case UnregisterMessage unregister: Handle(new RegistryEvent<SimProcess, NodeFacts, string>.WorkerLeft(unregister.Life, Now)); break;
            case AttachMessage: Handle(new RegistryEvent<SimProcess, NodeFacts, string>.ClientCame(from.Name, from, "", default, Now)); break;
            default: throw new InvalidOperationException($"{this} does not know {message}");
        }
    }

    public override void Disconnected(SimProcess peer) => Handle(new RegistryEvent<SimProcess, NodeFacts, string>.Disconnected(there => there == peer, Now));

    private void Handle(RegistryEvent<SimProcess, NodeFacts, string> what)
    {
        foreach (var instruction in _core.Handle(what))
        {
            switch (instruction)
            {
                case RegistryInstruction<SimProcess>.Confirm confirm: World.Network.Send(this, confirm.Node, new RegisteredMessage()); break;
                case RegistryInstruction<SimProcess>.ShowWorkers show: World.Network.Send(this, show.To, new ViewMessage(Name, [.. _core.Workers.Select(worker => new SeenNode(worker.Life, worker.Node, worker.Info))])); break;
                case RegistryInstruction<SimProcess>.LookAgain look: After(look.After, () => Handle(new RegistryEvent<SimProcess, NodeFacts, string>.TimePassed(Now))); break;
                default: break;
            }
        }
    }
}
