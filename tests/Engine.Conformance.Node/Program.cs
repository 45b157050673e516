using System.Runtime.InteropServices;
using ActorCompute.Engine.Conformance.Node;
using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;

// NAME HOCON [SEED]: an actor system until SIGTERM or the end of standard input; with a seed's address, or "self", a member of a
// cluster. Says on standard output what has happened. SIGTERM is answered as the product's programs do it.
var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.TrySetResult();
});
var system = ActorSystem.Create(args[0], ConfigurationFactory.ParseString(args[1]));
system.ActorOf(Props.Create(() => new Echo()), "echo");
system.ActorOf(Props.Create(() => new Recorder()), "recorder");
CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "say so", () => Say("shutting down"));
await Say($"listening {((ExtendedActorSystem)system).Provider.DefaultAddress}");
if (args.Length > 2)
{
    var cluster = Cluster.Get(system);
    cluster.RegisterOnMemberUp(() => Say($"up {cluster.SelfUniqueAddress.Uid}"));
    cluster.RegisterOnMemberRemoved(() => Say("removed"));
    if (args[2] == "self")
        cluster.Join(cluster.SelfAddress);
    else
        cluster.JoinSeedNodes([Address.Parse(args[2])]);
}

// Whoever started it is gone: nothing of a killed test run stays.
new Thread(() =>
{
    while (Console.In.ReadLine() is not null)
    {
    }
    Environment.Exit(3);
})
{ IsBackground = true }.Start();

await stop.Task;
await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
await Say("ended");

static Task<Done> Say(string line)
{
    Console.WriteLine("node: " + line); // the engine logs to standard output as well
    return Task.FromResult(Done.Instance);
}
