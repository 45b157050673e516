using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using Akka.Actor;

namespace ActorCompute.Worker.Node;

/// <content>Carries out what the core says.</content>
internal sealed partial class NodeActor
{
    // Time-outs are met to this.
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="what">What happened.</param>
    /// <param name="open">The message behind an <see cref="NodeEvent.OpenAsked{TClient}"/>.</param>
    private void Handle(NodeEvent what, OpenJob? open = null)
    {
        _core.Handle(what, Now, _instructions);
        Carry(open);
    }

    private void Carry(OpenJob? open = null)
    {
        foreach (var instruction in _instructions) Carry(instruction, open);
        _instructions.Clear();
    }

    private void Carry(NodeInstruction instruction, OpenJob? open)
    {
        switch (instruction)
        {
            case NodeInstruction.BeginOpening<IActorRef> begin: BeginOpening(begin, open!); break;
            case NodeInstruction.TellOpened<IActorRef> opened: opened.Client.Tell(MessageOf(opened), Self); break;
            case NodeInstruction.TellRefused<IActorRef> refused: refused.Client.Tell(new JobRefused { Job = refused.Job.Value, Reason = refused.Reason }, Self); break;
            case NodeInstruction.RunChunk run: Run(run.Opening, run.Sequence, run.IsIo); break;
            case NodeInstruction.AskToBegin<IActorRef> ask: ask.Client.Tell(new ChunkReady { Job = ask.Job.Value, Sequence = ask.Sequence }, Self); break;
            case NodeInstruction.GiveBack<IActorRef> back: GiveBack(back); break;
            case NodeInstruction.CancelTasks cancel: _jobs[cancel.Opening].Cancel(cancel.Numbers); break;
            case NodeInstruction.SplitTask split: _jobs[split.Opening].Split(split.Number, split.Attempt, split.Pieces); break;
            case NodeInstruction.TellLeaving<IActorRef> leaving: leaving.Client.Tell(MessageOf(leaving), Self); break;
            case NodeInstruction.TellReport<IActorRef> report: report.Client.Tell(MessageOf(report), Self); break;
            case NodeInstruction.AnswerTimedOut timedOut: AnswerTimedOut(timedOut.Task); break;
            case NodeInstruction.AnswerOutOfMemory memory: AnswerOutOfMemory(memory.Reason); break;
            case NodeInstruction.CancelWork cancel: _jobs[cancel.Opening].Close(); break;
            case NodeInstruction.ReleaseWork release: Release(release.Opening); break;
            case NodeInstruction.StartWatch: Timers.StartPeriodicTimer(nameof(WatchTick), WatchTick.Instance, WatchInterval); break;
            case NodeInstruction.StopWatch: Timers.Cancel(nameof(WatchTick)); break;
            case NodeInstruction.End end: End(end); break;
            default: throw new InvalidOperationException($"nobody carries out {instruction}.");
        }
    }

    private static JobOpened MessageOf(NodeInstruction.TellOpened<IActorRef> opened) =>
        new() { Job = opened.Job.Value, Slots = (uint)opened.Slots, Usable = (uint)opened.Usable, Window = (uint)opened.Window, Packs = !opened.Waits, Waits = opened.Waits, Splits = opened.Splits };

    private static WorkerLeaving MessageOf(NodeInstruction.TellLeaving<IActorRef> leaving)
    {
        var message = new WorkerLeaving { Job = leaving.Opening.Job.Value, Reason = leaving.Reason };
        message.Running.AddRange(leaving.Running);
        return message;
    }

    private WorkReport MessageOf(NodeInstruction.TellReport<IActorRef> report)
    {
        var message = new WorkReport { Job = report.Opening.Job.Value, LastSequence = report.LastSequence };
        message.Held.AddRange(report.Held);
        foreach (var run in _jobs[report.Opening].Running.Values)
        {
            if (run.Running is { } task) message.Running.Add(new RunningTask { Number = task.Number, AgeTicks = task.Elapsed.Ticks });
        }

        return message;
    }

    private static ChunkReplies Unbegun(string job, long sequence) => new() { Job = job, Sequence = sequence, Complete = true, Unbegun = true };

    private void GiveBack(NodeInstruction.GiveBack<IActorRef> back)
    {
        if (back.Opening is { } opening) _jobs[opening].Forget(back.Sequence);
        back.Client.Tell(Unbegun(back.Job.Value, back.Sequence), Self);
    }

    private void AnswerTimedOut(StuckRun task)
    {
        var job = _jobs[task.Opening];
        if (job.Running.GetValueOrDefault(task.Sequence) is { } run) Answer(run, task.Number, batch => ReplyBatch.TimedOut(batch, job.Timeout, task.Elapsed, wasReplaced: true));
    }

    private void AnswerOutOfMemory(string reason)
    {
        foreach (var run in _runs)
        {
            if (run.Running is not { } task) continue;
            Answer(run, task.Number, batch => ReplyBatch.OutOfMemory(batch, reason, task.Elapsed));
        }
    }

    /// <summary>Answers for a slot that cannot.</summary>
    private void Answer(ChunkRun run, long number, Func<Batch, BatchReply> reply)
    {
        var replies = new ChunkReplies { Job = run.Chunk.Job, Sequence = run.Chunk.Sequence };
        replies.Replies.AddRange(run.Chunk.Batches.Where(batch => batch.First == number).Select(reply));
        run.Job.Client.Tell(replies, Self);
    }

    private void End(NodeInstruction.End end)
    {
        Unregister();
        _lost.TrySetResult(new(end.Reason, end.Kind) { IsHurried = end.IsHurried });
    }

    private sealed record WatchTick
    {
        public static WatchTick Instance { get; } = new();
    }
}
