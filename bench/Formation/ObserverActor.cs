using System.Diagnostics;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.Formation;

/// <summary>Time stamps of what the observer waits for.</summary>
internal sealed class Sightings
{
    public TaskCompletionSource<long> AllRegistered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Attaches to the registry as a client to see its workers.</summary>
internal sealed class ObserverActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan AttachInterval = TimeSpan.FromMilliseconds(100);

    private readonly HostEndpoint _seed;
    private readonly ClusterSecret _secret;
    private readonly byte[] _nonce = ClusterSecret.CreateNonce();

    public ObserverActor(HostEndpoint seed, ClusterSecret secret, int workers, Sightings seen)
    {
        (_seed, _secret) = (seed, secret);
        Receive<ClusterView>(view =>
        {
            // From now on it tells of every change itself.
            Timers.Cancel(nameof(AttachTick));
            if (view.Workers.Count == workers) seen.AllRegistered.TrySetResult(Stopwatch.GetTimestamp());
        });
        Receive<AttachTick>(_ => Attach());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Attach();
        Timers.StartPeriodicTimer(nameof(AttachTick), AttachTick.Instance, AttachInterval);
    }

    private void Attach() => Context.System.ActorAt(_seed, SystemConfig.RegistryPath).Tell(new AttachClient
    {
        Id = "observer",
        Host = Environment.MachineName,
        ProcessId = Environment.ProcessId,
        Version = BuildInfo.Version,
        Nonce = ByteString.CopyFrom(_nonce),
        Proof = ByteString.CopyFrom(_secret.Prove(ProofPurpose.AttachClient, "observer", _nonce)),
    }, Self);

    private sealed record AttachTick
    {
        public static AttachTick Instance { get; } = new();
    }
}
