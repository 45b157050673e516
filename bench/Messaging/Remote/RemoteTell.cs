using System.Diagnostics;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Messaging.Remote;

/// <summary>
/// An actor here tells an actor there, as fast as it is let: a bounded number is in flight, as in the product, where credit
/// bounds it. Without a bound Akka.NET would take them all into memory, and starve its heartbeats on the way.
/// </summary>
internal sealed class RemoteTell(ActorSystem system, IActorRef sink, Load load)
{
    private const int InFlight = 20 * Peer.AcknowledgeEvery;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <returns>Messages a second, until the last acknowledgement is here.</returns>
    public async Task<double> RunAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        GC.Collect();
        var startedAt = Stopwatch.GetTimestamp();
        var sender = system.ActorOf(Props.Create(() => new SendingActor(sink, load.RemoteTells, done)));
        await done.Task.WaitAsync(Patience).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        system.Stop(sender);
        return load.RemoteTells / elapsed.TotalSeconds;
    }

    private sealed class SendingActor : ReceiveActor
    {
        private readonly IActorRef _sink;
        private readonly int _all;
        private int _sent;

        public SendingActor(IActorRef sink, int all, TaskCompletionSource done)
        {
            (_sink, _all) = (sink, all);
            Receive<WorkReport>(acknowledged =>
            {
                if (acknowledged.LastSequence == _all) done.SetResult();
                else SendUpTo(acknowledged.LastSequence + InFlight);
            });
        }

        protected override void PreStart() => SendUpTo(InFlight);

        private void SendUpTo(long limit)
        {
            for (; _sent < _all && _sent < limit; _sent++) _sink.Tell(new WorkReport { Job = "job-0123456789abcdef", LastSequence = _sent }, Self);
        }
    }
}
