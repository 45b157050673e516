using ActorCompute.Messages;
using ActorCompute.Remoting;
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
    private readonly RegistrationCore _registration = new();

    private void Register()
    {
        if (!_lost.Task.IsCompleted) Handle(new RegistrationEvent.RegisterDue(Now));
    }

    private void Handle(RegistrationEvent happened)
    {
        foreach (var instruction in _registration.Handle(happened))
        {
            switch (instruction)
            {
                case RegistrationInstruction.TellSilence silence:
                    _log.Warning("no answer from the seed at {0} for {1:F0} s; still asking{2}", _identity.SeedsText, silence.For.TotalSeconds, silence.LastError is null ? "" : $"; the last try: {silence.LastError}");
                    break;
                case RegistrationInstruction.Register: SendRegistration(); break;
                case RegistrationInstruction.RegisterAgain again: Timers.StartSingleTimer(nameof(RegisterTick), RegisterTick.Instance, again.After); break;
                case RegistrationInstruction.GiveUp refused: _lost.TrySetResult(new($"the seed at {refused.Seed} refuses this worker: {refused.Reason}.", PlannedEnd.Refused)); break;
                default: throw new InvalidOperationException($"nobody carries out {instruction}.");
            }
        }
    }

    private void SendRegistration()
    {
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
        WireResources.AddTo(message.Worker.Resources, _identity.Settings.Resources);
        WireResources.AddTo(message.Worker.Reserved, _core.Reserved);
        TellSeeds(message);
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
        if (_secret.Verify(ProofPurpose.WorkerRegistered, _identity.Life.Worker.Value, _nonce, answer.Proof.Span)) Handle(new RegistrationEvent.Confirmed());
    }

    private void OnSeedError(SeedError error) => Handle(new RegistrationEvent.SeedFailed(error.Seed.ToString(), error.Reason, error.IsRefusal));

    private void TellSeeds(IMessage message)
    {
        foreach (var seed in _identity.Seeds) Context.System.ActorAt(seed, SystemConfig.RegistryPath).Tell(message, Self);
    }

    private sealed record RegisterTick
    {
        public static RegisterTick Instance { get; } = new();
    }
}
