using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using Akka.Actor;
using Akka.Event;

namespace ActorCompute.Worker.Node;

/// <content>Jobs on their way to be open: a kind may read files or run a program's initializer, which is nothing for this actor's turn.</content>
internal sealed partial class NodeActor
{
    // Characters in the id of a client.
    private const int MaxClient = 200;

    private void Open(OpenJob open)
    {
        if (!_secret.Verify(ProofPurpose.OpenJob, open.Job, default, open.Proof.Span))
        {
            Sender.Tell(new JobRefused { Job = open.Job, Reason = "the cluster secret is another one." }, Self);
            return;
        }

        if (!TryReadNeeds(open, out var needs)) return;
        var timeout = open.TimeoutTicks > 0 ? TimeSpan.FromTicks(open.TimeoutTicks) : (TimeSpan?)null;
        var terms = new JobTerms(timeout, TimeSpan.FromTicks(open.GraceTicks), (int)Math.Min(open.Depth, int.MaxValue - 1))
        {
            Client = open.Client.Length is > 0 and <= MaxClient ? open.Client : Sender.Path.Address.ToString(),
            Priority = open.Priority,
            Needs = needs,
            IsAwaitedByHolder = open.AwaitedByHolder,
        };
        Handle(new NodeEvent.OpenAsked<IActorRef>(new(open.Job), Sender, terms), open);
    }

    private bool TryReadNeeds(OpenJob open, out Resources needs)
    {
        needs = Resources.None;
        try
        {
            needs = WireResources.Read(open.Needs);
            return true;
        }
        catch (InputException e)
        {
            Sender.Tell(new JobRefused { Job = open.Job, Reason = e.Message }, Self);
            return false;
        }
    }

    private void BeginOpening(NodeInstruction.BeginOpening<IActorRef> begin, OpenJob open)
    {
        var (log, opening) = (_log, begin.Opening);
        var thread = new JobThread(e => log.Warning("job {0}: its own code threw while it was cancelled or closed: {1}", opening.Job, e.GetType().Name));
        var job = new OpenedJob(opening, begin.Client, begin.Terms, thread.Do, _budget, _time)
        {
            Nested = _nested,
            Transfers = _transfers,
            LargestResult = Math.Clamp(open.LargestResult, ReplyBatch.LargestMessage, int.MaxValue),
            Kept = open.KeepsResults ? _shared : null,
        };
        _jobs.Add(opening, job);
        var (self, kinds) = (Self, _kinds);
        job.Do(() => self.Tell(Open(kinds, job, open)));
    }

    /// <summary>Whatever a kind throws is that job's end, never that of the others on this node.</summary>
    private static WorkOpened Open(KindRegistry kinds, OpenedJob job, OpenJob open)
    {
        try
        {
            var work = kinds.Open(open.Kind, open.KindVersion, open.Parameters.Memory, open.Culture, open.UiCulture, open.KindType);
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
        if (opened.Work is { } work) job.Opened(work);
        Handle(opened.Problem is { } problem ? new NodeEvent.OpeningFailed(job.Opening, problem) : new NodeEvent.WorkOpened(job.Opening, job.IsIo, job.Splits));
    }

    private void Release(JobOpening opening)
    {
        if (_jobs.Remove(opening, out var job)) job.Release();
    }

    /// <summary>The job's thread to the node: the work, or why there is none.</summary>
    private sealed record WorkOpened(OpenedJob Job, IOpenedWork? Work, string? Problem);
}
