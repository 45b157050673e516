using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>A seed.</summary>
internal sealed class SimSeed : SimProcess
{
    private readonly Dictionary<WorkerId, (WorkerLife Life, SimProcess Node, string PreviousEnd, Lease Lease)> _workers = [];
    private readonly HashSet<SimProcess> _clients = [];
    private readonly Standstill _standstill = new(default);

    public SimSeed(SimCluster cluster, string name)
        : base(cluster.World, name)
    {
        Every(TimeSpan.FromMilliseconds(500), Sweep);
    }

    public override void Receive(SimProcess from, SimMessage message)
    {
        switch (message)
        {
            case RegisterMessage register:
                World.Network.Send(this, from, new RegisteredMessage());
                if (_workers.TryGetValue(register.Life.Worker, out var known) && known.Life.Incarnation > register.Life.Incarnation) return;
                if (known.Life == register.Life)
                {
                    known.Lease.Renew(Now);
                    return;
                }

                _workers[register.Life.Worker] = (register.Life, from, register.PreviousEnd, new(TimeSpan.FromSeconds(6), Now));
                Publish();
                break;
            case UnregisterMessage unregister:
                if (_workers.TryGetValue(unregister.Life.Worker, out var gone) && gone.Life == unregister.Life && _workers.Remove(unregister.Life.Worker)) Publish();
                break;
            case AttachMessage:
                _clients.Add(from);
                Show(from);
                break;
            default: throw new InvalidOperationException($"{this} does not know {message}");
        }
    }

    public override void Disconnected(SimProcess peer)
    {
        foreach (var worker in _workers.Values.Where(worker => worker.Node == peer)) worker.Lease.Disconnected(Now);
    }

    private void Sweep()
    {
        if (_standstill.Look(Now)) foreach (var worker in _workers.Values) worker.Lease.Renew(Now);
        var silent = _workers.Where(worker => worker.Value.Lease.HasExpired(Now)).Select(worker => worker.Key).ToList();
        foreach (var id in silent) _workers.Remove(id);
        if (silent.Count > 0) Publish();
    }

    private void Publish()
    {
        foreach (var client in _clients) Show(client);
    }

    private void Show(SimProcess client) => World.Network.Send(this, client, new ViewMessage([.. _workers.Values.Select(worker => new SeenNode(worker.Life, worker.Node, worker.PreviousEnd))]));
}
