using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.Event;
using Google.Protobuf;

namespace ActorCompute.Worker.Node;

/// <content>The node and the registries.</content>
internal sealed partial class NodeActor
{
    // Of how the last incarnation ended: for people.
    private const int MaxPreviousEnd = 2000;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly RegistrationPace _pace = new();
    private SeedError? _seedError;

    private void Register()
    {
        if (_lost.Task.IsCompleted) return;
        if (_pace.Ask(Now)) SayThatNobodyAnswers();
        var life = _identity.Life;
        var message = new RegisterWorker
        {
            Worker = new()
            {
                Id = life.Worker.Value,
                Incarnation = life.Incarnation,
                Name = _identity.Settings.Name,
                Slots = (uint)_identity.Settings.Slots,
                ProcessId = Environment.ProcessId,
                Host = Environment.MachineName,
                Version = BuildInfo.Version,
                Engine = BuildInfo.Engine,
                Busy = (uint)_core.Busy,
                BusyIo = (uint)_core.BusyIo,
                Tasks = _core.TasksDone,
                PreviousEnd = _identity.PreviousEnd is { } end ? end[..Math.Min(end.Length, MaxPreviousEnd)] : "",
            },
            Nonce = ByteString.CopyFrom(_nonce),
            Proof = ByteString.CopyFrom(_secret.Prove(ProofPurpose.RegisterWorker, life.Worker.Value, _nonce)),
        };
        TellSeeds(message);
        Timers.StartSingleTimer(nameof(RegisterTick), RegisterTick.Instance, _pace.Pause);
    }

    /// <summary>This incarnation ends: no job is to look for it any more.</summary>
    private void Unregister()
    {
        var life = _identity.Life;
        TellSeeds(new UnregisterWorker
        {
            Id = life.Worker.Value,
            Incarnation = life.Incarnation,
            Nonce = ByteString.CopyFrom(_nonce),
            Proof = ByteString.CopyFrom(_secret.Prove(ProofPurpose.UnregisterWorker, life.Worker.Value, _nonce)),
        });
    }

    private void OnRegistered(WorkerRegistered answer)
    {
        if (!_secret.Verify(ProofPurpose.WorkerRegistered, _identity.Life.Worker.Value, _nonce, answer.Proof.Span)) return;
        _pace.Answered();
        _seedError = null;
        Timers.StartSingleTimer(nameof(RegisterTick), RegisterTick.Instance, _pace.Pause);
    }

    private void OnSeedError(SeedError error)
    {
        // Who was a member once is not sent away for good by whoever has the seed's port now.
        if (error.IsRefusal && !_pace.IsRegistered) _lost.TrySetResult(new($"the seed at {error.Seed} refuses this worker: {error.Reason}.", PlannedEnd.Refused));
        else _seedError = error;
    }

    private void SayThatNobodyAnswers() =>
        _log.Warning("no answer from the seed at {0} for {1:F0} s; still asking{2}", _identity.SeedsText, RegistrationPace.SilenceNotice.TotalSeconds, _seedError is null ? "" : $"; the last try: {_seedError.Reason}");

    private void TellSeeds(IMessage message)
    {
        foreach (var seed in _identity.Seeds) Context.System.ActorAt(seed, SystemConfig.RegistryPath).Tell(message, Self);
    }

    private sealed record RegisterTick
    {
        public static RegisterTick Instance { get; } = new();
    }
}
