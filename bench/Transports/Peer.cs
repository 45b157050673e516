using ActorCompute.Messages;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Transports;

/// <summary>The other process: an actor that counts, one that answers. It ends with its standard input.</summary>
internal static class Peer
{
    public const int AcknowledgeEvery = 1000;

    public static int Run(string kind, string secret)
    {
        var system = SystemConfig.CreateSystem(TransportKind.Configure(kind, secret));
        system.ActorOf(Props.Create(() => new SinkActor()), "sink");
        system.ActorOf(Props.Create(() => new EchoActor()), "echo");
        Console.WriteLine(SystemConfig.EndpointOf(system));
        while (Console.ReadLine() is not null)
        {
        }

        system.Terminate().Wait(TimeSpan.FromSeconds(5));
        return 0;
    }

    private sealed class EchoActor : ReceiveActor
    {
        public EchoActor() => Receive<WorkReport>(report => Sender.Tell(new WorkReport { Job = report.Job, LastSequence = report.LastSequence }, Self));
    }

    /// <summary>Takes numbered messages; one that is missing or out of order is never acknowledged, and the sender says so.</summary>
    private sealed class SinkActor : ReceiveActor
    {
        private long _next;

        public SinkActor() => Receive<WorkReport>(report =>
        {
            if (report.LastSequence == 0) _next = 0;
            if (report.LastSequence != _next) return;
            if (++_next % AcknowledgeEvery == 0) Sender.Tell(new WorkReport { Job = report.Job, LastSequence = _next }, Self);
        });
    }
}
