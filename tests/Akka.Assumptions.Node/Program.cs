using System.Globalization;
using ActorCompute.Assumptions;
using ActorCompute.Assumptions.Node;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

// PORT, 0 for a free one: a peer with an echo, until standard input ends. Each line there is answered with the loaded assemblies.
var system = SystemConfig.CreateSystem(SystemConfig.Peer(new(HostEndpoint.Loopback.Host, int.Parse(args[0], CultureInfo.InvariantCulture)), PeerSecret.Value));
system.ActorOf(Props.Create<EchoActor>(), "echo");
Console.WriteLine($"listening {SystemConfig.EndpointOf(system)}");
while (Console.ReadLine() is not null)
{
    Console.WriteLine($"loaded {string.Join(' ', AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name))}");
}
