using ActorCompute.Client.Attach;
using ActorCompute.Messages;
using ActorCompute.Registry;
using Akka.Actor;

namespace ActorCompute.Client.Jobs;

/// <content>Workers that come, answer, refuse and are lost.</content>
internal sealed partial class JobActor
{
    private readonly WorkerAbsence _absence = new();

    private void From(IActorRef node, Action<WorkerLife> then)
    {
        if (_roster.LifeOf(node) is { } life) then(life);
    }

    private void OnWorkers(WorkersChanged view)
    {
        _view = view;
        foreach (var replaced in _roster.Update(view.Workers)) Lose(replaced, "it was started again");
        OpenJobs();
        EndIfNobodyWill();
    }

    private void OnDisconnected(Address address)
    {
        foreach (var life in _roster.At(address)) Handle(new LedgerEvent.WorkerDisconnected(life, Now));
    }

    /// <summary>The keeper in this process has seen it end.</summary>
    private void OnEnded(WorkerEnded ended)
    {
        _view = new([.. _view.Workers.Where(worker => worker.Life != ended.Life)]);
        Lose(ended.Life, ended.End);
        Handle(new LedgerEvent.WorkerExplained(ended.Life, ended.End));
    }

    /// <summary>Each next incarnation tells how the one before ended, which was given up above at the latest.</summary>
    private void Explain(WorkersChanged view)
    {
        foreach (var worker in view.Workers.Where(worker => worker.PreviousEnd.Length > 0))
        {
            Handle(new LedgerEvent.WorkerExplained(worker.Life with { Incarnation = worker.Life.Incarnation - 1 }, worker.PreviousEnd));
        }
    }

    private void OpenJobs()
    {
        foreach (var worker in _roster.ToOpen())
        {
            worker.Node.Tell(new OpenJob
            {
                Job = _id.Value,
                Kind = _run.Header.Kind,
                KindVersion = _run.Header.KindVersion,
                Parameters = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(_run.Header.Parameters),
                TimeoutTicks = _run.Options.TaskTimeout?.Ticks ?? 0,
                GraceTicks = _run.Options.Grace.Ticks,
                Culture = _run.Header.Cultures.Culture,
                UiCulture = _run.Header.Cultures.Ui,
                Depth = (uint)_run.Header.Depth,
                Proof = Google.Protobuf.ByteString.CopyFrom(_secret.Prove(ProofPurpose.OpenJob, _id.Value)),
            }, Self);
        }
    }

    private void OnOpened(WorkerLife life, JobOpened opened)
    {
        if (opened.Job != _id.Value || opened.Slots == 0 || opened.Window == 0) return;
        // Where each task is minded on its own, for its time, its failure or its place among those in flight, none are packed.
        _packs = opened.Packs && _run.Options is { TaskTimeout: null, MaxInFlight: int.MaxValue, FailFast: false, Retry.MaxRetries: 0 };
        var worker = _roster.Opened(life);
        var (slots, window) = ((int)Math.Min(opened.Slots, MostChunks), (int)Math.Min(opened.Window, MostChunks));
        // Slots for work that waits are others, and hardly ever run out.
        Handle(new LedgerEvent.WorkerOpened(new(life, slots, window, worker.Name, worker.Host, worker.ProcessId), Now) { Load = opened.Waits ? new(slots) : _loads.Of(life, slots) });
    }

    private void OnRefused(WorkerLife life, string reason)
    {
        ClientLog.WorkerRefused(_log, _id.Value, life.Worker.Value, reason);
        _roster.Refused(life, reason);
        EndIfNobodyWill();
    }

    private void EndIfNobodyWill()
    {
        if (_roster.NobodyWill is { } reasons) End(new ClusterUnavailableException($"no worker can run '{_run.Header.Kind}': {reasons}"));
    }

    private void Lose(WorkerLife life, string reason)
    {
        if (_roster.Lost(life) is { } worker) ClientLog.WorkerLost(_log, _id.Value, worker.Name, reason);
        Handle(new LedgerEvent.WorkerLost(life, reason, Now));
        _loads.Leave(life);
    }

    /// <summary>Finds out whether the job waits for workers, and tells of the change.</summary>
    private void LookForWorkers()
    {
        // Idle is not waiting: an executor with nothing to do needs no worker.
        var hasWork = !_cancelled && (!_ledger.IsSettled || _plan.TryPeek(out _));
        if (!_absence.Look(hasWork, _ledger.Workers.Count, Now)) return;
        if (_absence.IsWaiting) ClientLog.NoWorkers(_log, _id.Value, WorkerAbsence.Patience.TotalSeconds);
        else ClientLog.WorkersBack(_log, _id.Value, _ledger.Workers.Count);
        TellProgress(_run.Count);
    }
}
