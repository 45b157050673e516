using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using Akka.Actor;
using Akka.Event;

namespace ActorCompute.Worker.Node;

/// <content>Jobs on their way to be open: a kind may read files or run a program's initializer, which is nothing for this actor's turn.</content>
internal sealed partial class NodeActor
{
    private readonly HashSet<OpenedJob> _opening = [];

    private void Open(OpenJob open)
    {
        var id = new JobId(open.Job);
        if (!_secret.Verify(ProofPurpose.OpenJob, open.Job, default, open.Proof.Span))
        {
            Sender.Tell(new JobRefused { Job = open.Job, Reason = "the cluster secret is another one." }, Self);
            return;
        }

        // Not answered, so that the client asks again: then the next incarnation.
        if (_leaving is not null) return;
        if (!_jobs.TryGetValue(id, out var job))
        {
            BeginOpening(id, open);
        }
        else if (job.Client.Equals(Sender))
        {
            job.Lease.Renew(Now);
            if (job.IsOpen) TellOpened(job);
        }
    }

    private void BeginOpening(JobId id, OpenJob open)
    {
        var log = _log;
        var thread = new JobThread(e => log.Warning("job {0}: its own code threw while it was cancelled or closed: {1}", id, e.GetType().Name));
        var job = new OpenedJob(id, Sender, thread.Do, _budget, _time)
        {
            Timeout = open.TimeoutTicks > 0 ? TimeSpan.FromTicks(open.TimeoutTicks) : null,
            Grace = TimeSpan.FromTicks(Math.Clamp(open.GraceTicks, 0, LongestGrace.Ticks)),
            Depth = (int)Math.Min(open.Depth, int.MaxValue - 1),
            Nested = _nested,
        };
        _jobs.Add(id, job);
        _opening.Add(job);
        if (job.Timeout is not null) WatchRuns();
        var (self, kinds) = (Self, _kinds);
        job.Do(() => self.Tell(Open(kinds, job, open)));
    }

    /// <summary>Whatever a kind throws is that job's end, never that of the others on this node.</summary>
    private static WorkOpened Open(KindRegistry kinds, OpenedJob job, OpenJob open)
    {
        try
        {
            var work = kinds.Open(open.Kind, open.KindVersion, open.Parameters.Memory, open.Culture, open.UiCulture);
            if (open.Kind == FunctionContract.KindName) job.Call = FunctionCall.Parser.ParseFrom(open.Parameters);
            return new(job, work, null);
        }
        catch (Exception e)
        {
            var error = ExceptionReport.Describe(e);
            return new(job, null, e is InputException or FormatException ? error.Message : $"{e.GetType().Name}: {error.Message}");
        }
    }

    private void OnOpened(WorkOpened opened)
    {
        var job = opened.Job;
        _opening.Remove(job);
        if (opened.Work is { } work) job.Opened(work);
        // One that leaves takes no more; the client asks the next incarnation.
        if (job.IsClosed || _leaving is not null) return;
        if (opened.Work is null)
        {
            Refuse(job, opened.Problem!);
            return;
        }

        SlotsOf(job).Open(job.Id, job.Depth);
        TellOpened(job);
    }

    private void TellOpened(OpenedJob job)
    {
        var slots = job.IsIo ? _identity.Settings.IoLimit : _identity.Settings.Slots;
        job.Client.Tell(new JobOpened { Job = job.Id.Value, Slots = (uint)slots, Window = (uint)(slots * (1 + Prefetch)), Packs = !job.IsIo, Waits = job.IsIo }, Self);
    }

    private void Refuse(OpenedJob job, string reason)
    {
        job.Client.Tell(new JobRefused { Job = job.Id.Value, Reason = reason }, Self);
        Close(job);
    }

    /// <summary>An opening that takes longer than a task may ends its job here; one that does not end at all takes a new process.</summary>
    private void MindOpenings()
    {
        foreach (var job in _opening.Where(job => job.OpensTooLong).ToList())
        {
            Refuse(job, $"the initializer, or the opening of the work, did not end within {job.Timeout!.Value.TotalSeconds:0.###} s.");
        }

        if (_opening.Any(job => job.IsStuck)) EndNow(new("the opening of a job did not end when nobody wanted it any more; the process is replaced.", PlannedEnd.Replaced));
    }

    /// <summary>The job's thread to the node: the work, or why there is none.</summary>
    private sealed record WorkOpened(OpenedJob Job, IOpenedWork? Work, string? Problem);
}
