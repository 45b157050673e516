using System.Diagnostics;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Messaging.Local;

/// <summary>Threads that tell, each to an actor of its own; timed until the last actor has seen its last message.</summary>
internal sealed class LocalTell(ActorSystem system, Load load)
{
    /// <returns>Messages a second, of all pairs together.</returns>
    public async Task<double> RunAsync(int pairs, bool isNew)
    {
        var each = load.LocalTells / pairs;
        var counters = Enumerable.Range(0, pairs).Select(_ =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Done: done, Ref: system.ActorOf(Props.Create(() => new CountingActor(each, done))));
        }).ToList();
        var start = new ManualResetEventSlim();
        var senders = counters.Select(counter => new Thread(() =>
        {
            start.Wait();
            if (isNew) TellNew(counter.Ref, each);
            else TellOne(counter.Ref, each);
        })
        { IsBackground = true }).ToList();
        foreach (var sender in senders) sender.Start();

        // What a run before left behind is not this one's to collect.
        GC.Collect();
        var startedAt = Stopwatch.GetTimestamp();
        start.Set();
        await Task.WhenAll(counters.Select(counter => counter.Done.Task)).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        foreach (var counter in counters) system.Stop(counter.Ref);
        return each * pairs / elapsed.TotalSeconds;
    }

    private static void TellOne(IActorRef target, int count)
    {
        var message = new WorkReport { Job = "tell", LastSequence = 1 };
        for (var i = 0; i < count; i++) target.Tell(message, ActorRefs.NoSender);
    }

    private static void TellNew(IActorRef target, int count)
    {
        for (var i = 0; i < count; i++) target.Tell(new WorkReport { Job = "tell", LastSequence = i }, ActorRefs.NoSender);
    }

    /// <summary>Counts, and says when it has seen all.</summary>
    private sealed class CountingActor : ReceiveActor
    {
        private int _seen;

        public CountingActor(int all, TaskCompletionSource done) => Receive<WorkReport>(_ =>
        {
            if (++_seen == all) done.SetResult();
        });
    }
}
