using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.EndToEnd;

/// <summary>An actor system of a test's own that knows a secret: the tests' cluster's, or one that lets it in nowhere.</summary>
internal sealed class Member(ClusterSecret secret) : IAsyncDisposable
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    public Member()
        : this(ClusterSecret.FromText(TestCluster.Secret))
    {
    }

    public ActorSystem System { get; } = SystemConfig.CreateSystem(SystemConfig.Peer(HostEndpoint.Loopback, secret, RunningProgram.SpeaksTls ? TlsCertificate.Find() : null));

    /// <summary>The registry of a cluster.</summary>
    public ActorSelection Registry(string address) => System.ActorAt(HostEndpoint.Parse(address), SystemConfig.RegistryPath);

    /// <summary>A proof with its nonce, as a member gives them.</summary>
    public (ByteString Nonce, ByteString Proof) Prove(ProofPurpose purpose, string subject)
    {
        var nonce = ClusterSecret.CreateNonce();
        return (ByteString.CopyFrom(nonce), ByteString.CopyFrom(secret.Prove(purpose, subject, nonce)));
    }

    /// <summary>What the registry tells of workers, clients and their jobs.</summary>
    public Task<ClusterStatus> StatusAsync(string address)
    {
        var (nonce, proof) = Prove(ProofPurpose.StatusRequest, "test");
        return Registry(address).Ask<ClusterStatus>(new StatusRequest { Id = "test", Nonce = nonce, Proof = proof }, Bound);
    }

    public async ValueTask DisposeAsync() => await System.Terminate();
}
