using System.Diagnostics;
using ActorCompute.Messages;
using Google.Protobuf;
using Event = ActorCompute.Scheduling.RegistryEvent<string, ActorCompute.Messages.WorkerInfo, ActorCompute.Messages.AttachClient>;
using Instruction = ActorCompute.Scheduling.RegistryInstruction<string>;

namespace ActorCompute.Scale.Registries;

/// <summary>
/// One seed with its real registry core: it reads and checks each message and writes each answer, as the registry's actor does, without
/// the network.
/// </summary>
internal sealed class SeedLoad(int workers, int clients)
{
    // Seconds from one word of a worker or client that it is there to the next.
    private const int Interval = 2;

    private static readonly byte[] Nonce = ClusterSecret.CreateNonce();

    private readonly ClusterSecret _secret = ClusterSecret.Create();
    private readonly RegistryCore<string, WorkerInfo, AttachClient> _core = new(default);
    private long _sent;
    private long _views;

    /// <summary>A view as it travels.</summary>
    public ReadOnlyMemory<byte> View { get; private set; }

    /// <summary>All workers start within a time, one after the other, before clients that are attached.</summary>
    public SeedCost Start(TimeSpan within)
    {
        for (var client = 0; client < clients; client++) Attach(client, default);
        var gap = within / workers;
        TimeSpan? looksAt = null;
        return Measure(() =>
        {
            for (var worker = 0; worker < workers; worker++)
            {
                var now = gap * worker;
                if (looksAt <= now) looksAt = LookAgain(Handle(new Event.TimePassed(now)), now);
                looksAt ??= LookAgain(Register(worker, now), now);
            }

            Handle(new Event.TimePassed(within + TimeSpan.FromSeconds(1)));
        });
    }

    /// <summary>One second of a cluster in which nothing changes.</summary>
    public SeedCost Second(int at) => Measure(() =>
    {
        for (var worker = at % Interval; worker < workers; worker += Interval) Register(worker, TimeSpan.FromSeconds(at));
        for (var client = at % Interval; client < clients; client += Interval) Attach(client, TimeSpan.FromSeconds(at));
    });

    private static TimeSpan? LookAgain(IReadOnlyList<Instruction> said, TimeSpan now) => now + said.OfType<Instruction.LookAgain>().SingleOrDefault()?.After;

    private SeedCost Measure(Action what)
    {
        (_sent, _views) = (0, 0);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        what();
        process.Refresh();
        return new(process.TotalProcessorTime - before, _sent, _views);
    }

    private IReadOnlyList<Instruction> Register(int number, TimeSpan at)
    {
        var id = $"worker-of-host-{number:D4}";
        var info = new WorkerInfo { Id = id, Incarnation = 1764413532000, Name = $"host-{number:D4}", Slots = 64, ProcessId = 30_000 + number, Host = $"host-{number:D4}.cluster", Version = BuildInfo.Version, Engine = BuildInfo.Engine, Busy = 64, Tasks = 123_456 };
        var message = RegisterWorker.Parser.ParseFrom(new RegisterWorker { Worker = info, Nonce = ByteString.CopyFrom(Nonce), Proof = Prove(ProofPurpose.RegisterWorker, id) }.ToByteArray());
        if (!_secret.Verify(ProofPurpose.RegisterWorker, id, message.Nonce.Span, message.Proof.Span)) throw new InvalidOperationException("the proof is wrong.");
        var shown = message.Worker.Clone();
        shown.Node = $"akka.tcp://actorcompute@host-{number:D4}.cluster:41234/user/node#{1_234_567_890 + number}";
        return Handle(new Event.WorkerCame(new(new(id), shown.Incarnation), shown.Name, shown.Node, shown, message.Nonce.Memory, at));
    }

    private void Attach(int number, TimeSpan at)
    {
        var id = $"client-{number:x32}";
        var message = AttachClient.Parser.ParseFrom(new AttachClient { Id = id, Host = "host", ProcessId = number, Version = BuildInfo.Version, Nonce = ByteString.CopyFrom(Nonce), Proof = Prove(ProofPurpose.AttachClient, id) }.ToByteArray());
        if (!_secret.Verify(ProofPurpose.AttachClient, id, message.Nonce.Span, message.Proof.Span)) throw new InvalidOperationException("the proof is wrong.");
        Handle(new Event.ClientCame(id, id, message, message.Nonce.Memory, at));
    }

    private IReadOnlyList<Instruction> Handle(Event happened)
    {
        var said = _core.Handle(happened);
        foreach (var instruction in said)
        {
            switch (instruction)
            {
                case Instruction.Confirm confirm:
                    Send(new WorkerRegistered { Proof = Prove(ProofPurpose.WorkerRegistered, confirm.Life.Worker.Value), Seeds = { "seed:4053" } });
                    break;
                case Instruction.ShowWorkers show:
                    var view = new ClusterView { Proof = Prove(ProofPurpose.ClusterView, show.Client), Seeds = { "seed:4053" } };
                    foreach (var worker in _core.Workers) view.Workers.Add(worker.Info);
                    View = Send(view);
                    _views++;
                    break;
                default: break;
            }
        }

        return said;
    }

    private byte[] Send(IMessage message)
    {
        var bytes = message.ToByteArray();
        _sent += bytes.Length;
        return bytes;
    }

    private ByteString Prove(ProofPurpose purpose, string subject) => ByteString.CopyFrom(_secret.Prove(purpose, subject, Nonce));
}

/// <summary>What a seed took.</summary>
internal sealed record SeedCost(TimeSpan Processor, long Sent, long Views);
