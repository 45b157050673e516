using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Jobs;

/// <content>What of the job is where, for a person who thinks that it is stuck.</content>
internal sealed partial class JobActor
{
    private const int MostDumped = 1000;

    // As each worker said last: tasks that run there, and since when.
    private readonly Dictionary<WorkerLife, (TimeSpan At, IReadOnlyList<RunningTask> Tasks)> _running = [];

    private void OnReport(WorkerLife life, WorkReport report)
    {
        _running[life] = (Now, report.Running);
        Sender.Tell(new RenewLease { Job = _id.Value }, Self);
        Handle(new LedgerEvent.ReportArrived(life, report.LastSequence, report.Held, Now));
    }

    private void OnDump(DumpRequest request)
    {
        if (!_secret.Verify(ProofPurpose.DumpRequest, request.Id, request.Nonce.Span, request.Proof.Span)) return;
        var now = Now;
        var dump = new JobDump
        {
            Job = Standing(),
            Waiting = _scheduler.Ledger.Waiting,
            Delayed = _scheduler.Ledger.Delayed,
            Isolated = _scheduler.Ledger.Isolated,
            Resent = _scheduler.Ledger.Resent,
            Late = _scheduler.Ledger.LateReplies,
            WaitsFor = _scheduler.WaitsFor ?? "",
            Proof = Google.Protobuf.ByteString.CopyFrom(_secret.Prove(ProofPurpose.JobDump, request.Id, request.Nonce.Span)),
        };
        foreach (var worker in _scheduler.Ledger.Workers)
        {
            dump.Workers.Add(new WorkerDump
            {
                Name = worker.Facts.Name,
                Host = worker.Facts.Host,
                ProcessId = worker.Facts.ProcessId,
                Slots = worker.Facts.Slots,
                HeardTicks = (now - worker.Lease.RenewedAt).Ticks,
                Leaving = worker.IsLeaving,
                Chunks = worker.Chunks.Count,
            });
            dump.Tasks.AddRange(TasksOf(worker, now).Take(MostDumped - dump.Tasks.Count));
        }

        Sender.Tell(dump, Self);
    }

    private JobInfo Standing() => new()
    {
        Id = _id.Value,
        Kind = _run.Header.Kind,
        Done = _scheduler.Done,
        Failed = _scheduler.Ledger.Failed,
        InFlight = _scheduler.Ledger.InFlight,
        Total = _run.Count ?? -1,
        AgeTicks = Now.Ticks,
        Actor = Akka.Serialization.Serialization.SerializedActorPath(Self),
        WaitsForWorkers = _scheduler.IsWaitingForWorkers,
    };

    private IEnumerable<TaskDump> TasksOf(LedgerWorker worker, TimeSpan now)
    {
        var (at, running) = _running.GetValueOrDefault(worker.Life, (now, []));
        foreach (var chunk in worker.Chunks)
        {
            foreach (var entry in chunk.Open)
            {
                var began = running.FirstOrDefault(task => task.Number == entry.Batch.First);
                yield return new TaskDump
                {
                    Number = entry.Batch.PartOf ?? entry.Batch.First,
                    Attempt = entry.Copy is { } copy && copy.Chunk == chunk ? copy.Attempt : entry.Attempt,
                    Worker = worker.Facts.Name,
                    Sequence = chunk.Sequence,
                    SentTicks = (now - chunk.SentAt).Ticks,
                    RunningTicks = began is null ? -1 : began.AgeTicks + (now - at).Ticks,
                    WorkerDeaths = entry.WorkerDeaths,
                };
            }
        }
    }
}
