using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.Cluster;
using Google.Protobuf;

namespace ActorCompute.Worker.Node;

/// <content>The node and the registry.</content>
internal sealed partial class NodeActor
{
    private static readonly TimeSpan RegisterInterval = TimeSpan.FromSeconds(2);

    // Sooner while unanswered: the seed may be starting beside this process.
    private static readonly TimeSpan FirstRegisterInterval = TimeSpan.FromMilliseconds(50);

    // Without an answer for so long the way to the registry is broken, and a new process on a new port may find one.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    // Before the first answer: on a machine that starts many processes at once, giving up early would only add one more.
    private static readonly TimeSpan LongestFirstSilence = TimeSpan.FromSeconds(30);

    // Of how the last life ended: for people.
    private const int LongestEnd = 2000;

    private long _answeredAt;
    private bool _registered;

    private void Register()
    {
        var longest = _registered ? LongestSilence : LongestFirstSilence;
        // A job that is open goes on without the seed: its client speaks to this node directly, and could not find the next one.
        if (_jobs.Count == 0 && _time.GetElapsedTime(_answeredAt) > longest)
        {
            _lost.TrySetResult(new($"no answer from the seed at {_identity.Seed} for {longest.TotalSeconds:F0} s.", ExitCodes.NoCluster));
            return;
        }

        var cluster = Cluster.Get(Context.System);
        var life = _identity.Life;
        Context.ActorSelection($"akka.tcp://{SystemConfig.SystemName}@{_identity.Seed}{SystemConfig.RegistryPath}").Tell(new RegisterWorker
        {
            Worker = new()
            {
                Id = life.Worker.Value,
                Incarnation = life.Incarnation,
                Name = _identity.Settings.Name,
                MemberUid = cluster.SelfUniqueAddress.Uid,
                Slots = (uint)_identity.Settings.Slots,
                ProcessId = Environment.ProcessId,
                Host = Environment.MachineName,
                Version = BuildInfo.Version,
                Engine = BuildInfo.Engine,
                Busy = (uint)_cpuSlots.Busy,
                BusyIo = (uint)_ioSlots.Busy,
                Tasks = _tasksDone,
                PreviousEnd = _identity.PreviousEnd is { } end ? end[..Math.Min(end.Length, LongestEnd)] : "",
            },
            Nonce = ByteString.CopyFrom(_nonce),
            Proof = ByteString.CopyFrom(_secret.Prove(ProofPurpose.RegisterWorker, life.Worker.Value, _nonce)),
        }, Self);
        Timers.StartSingleTimer(nameof(RegisterTick), RegisterTick.Instance, _registered ? RegisterInterval : FirstRegisterInterval);
    }

    private void OnRegistered(WorkerRegistered answer)
    {
        if (!_secret.Verify(ProofPurpose.WorkerRegistered, _identity.Life.Worker.Value, _nonce, answer.Proof.Span)) return;
        _answeredAt = _time.GetTimestamp();
        _registered = true;
        Timers.StartSingleTimer(nameof(RegisterTick), RegisterTick.Instance, RegisterInterval);
    }

    /// <summary>A client that it served does not reach it since the network failed, and will not: each side has given up the other's process.</summary>
    private void Renew(RenewNode renew)
    {
        if (!_secret.Verify(ProofPurpose.RenewNode, _identity.Life.Worker.Value, _nonce, renew.Proof.Span)) return;
        Leave(new("a client that it served cannot reach it any more.", ExitCodes.Replaced));
    }

    private sealed record RegisterTick
    {
        public static RegisterTick Instance { get; } = new();
    }
}
