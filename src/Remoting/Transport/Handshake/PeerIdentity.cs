namespace ActorCompute.Remoting.Transport;

/// <summary>Who a peer is: its address, and which incarnation of it.</summary>
/// <param name="Uid">Akka.NET's uid of the actor system: another one after each start at the same address.</param>
internal sealed record PeerIdentity(PeerAddress Address, int Uid);
