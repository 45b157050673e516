using System.Diagnostics;
using System.Globalization;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Transports;

/// <summary>Tells, asks and idleness between two processes, on each transport in turn, so that the ratios are of the same minutes.</summary>
internal static class Comparison
{
    private const int Tells = 300_000;
    private const int WarmUps = 4;
    private const int Asks = 10_000;
    private const int InFlight = 20 * Peer.AcknowledgeEvery;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(int repeats, string[] kinds)
    {
        var sides = new List<Side>();
        foreach (var kind in kinds) sides.Add(await Side.StartAsync(kind));
        for (var i = 0; i < repeats + WarmUps; i++)
        {
            foreach (var side in sides)
            {
                var start = side.Cpu();
                var tells = await TellAsync(side);
                var between = side.Cpu();
                var (median, percentile) = await AskAsync(side);
                var end = side.Cpu();
                if (i >= WarmUps) side.Add(tells, median, percentile, (between - start).TotalMicroseconds / Tells, (end - between).TotalMicroseconds / Asks);
            }
        }

        foreach (var side in sides) Console.WriteLine(side.Report());
        foreach (var side in sides) Console.WriteLine(await side.IdleAsync());
        foreach (var side in sides) Console.WriteLine(await side.StopAsync());
        return 0;
    }

    private static async Task<double> TellAsync(Side side)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        GC.Collect();
        var startedAt = Stopwatch.GetTimestamp();
        var sender = side.System.ActorOf(Props.Create(() => new SendingActor(side.Sink, done)));
        await done.Task.WaitAsync(Patience);
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        side.System.Stop(sender);
        return Tells / elapsed.TotalSeconds;
    }

    private static async Task<(double Median, double Percentile99)> AskAsync(Side side)
    {
        var latencies = new double[Asks];
        for (var i = 0; i < Asks; i++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var answer = await side.Echo.Ask<WorkReport>(new WorkReport { Job = "ask", LastSequence = i }, TimeSpan.FromSeconds(10));
            latencies[i] = Stopwatch.GetElapsedTime(startedAt).TotalMicroseconds;
            if (answer.LastSequence != i) throw new InvalidOperationException("another answer.");
        }

        Array.Sort(latencies);
        return (latencies[Asks / 2], latencies[Asks * 99 / 100]);
    }

    private sealed class SendingActor : ReceiveActor
    {
        private readonly IActorRef _sink;
        private int _sent;

        public SendingActor(IActorRef sink, TaskCompletionSource done)
        {
            _sink = sink;
            Receive<WorkReport>(acknowledged =>
            {
                if (acknowledged.LastSequence == Tells) done.SetResult();
                else SendUpTo(acknowledged.LastSequence + InFlight);
            });
        }

        protected override void PreStart() => SendUpTo(InFlight);

        private void SendUpTo(long limit)
        {
            for (; _sent < Tells && _sent < limit; _sent++) _sink.Tell(new WorkReport { Job = "job-0123456789abcdef", LastSequence = _sent }, Self);
        }
    }
}
