using Google.Protobuf;

namespace ActorCompute.Messages;

/// <summary>The closed list of what travels: message type, manifest, parser. The manifest is part of the wire contract.</summary>
/// <remarks>No table that is built at once: a process would load all of the contracts before it could send its first message.</remarks>
public static class MessageManifests
{
    /// <summary>Every type that travels.</summary>
    public static IEnumerable<Type> Types =>
    [
        typeof(RegisterWorker),
        typeof(WorkerRegistered),
        typeof(AttachClient),
        typeof(DetachClient),
        typeof(ClusterView),
        typeof(StatusRequest),
        typeof(ClusterStatus),
        typeof(StopCluster),
        typeof(ClusterStopping),
        typeof(DrainWorker),
        typeof(WorkerDraining),
        typeof(DrainNode),
        typeof(UnregisterWorker),
        typeof(DumpRequest),
        typeof(JobDump),
        typeof(Refused),
        typeof(OpenJob),
        typeof(JobOpened),
        typeof(JobRefused),
        typeof(Chunk),
        typeof(ChunkReplies),
        typeof(WorkReport),
        typeof(RenewLease),
        typeof(CloseJob),
        typeof(WorkerLeaving),
        typeof(CancelTasks),
        typeof(RecallChunk),
        typeof(ChunkReady),
        typeof(BeginChunk),
        typeof(SplitTask),
    ];

    /// <summary>The manifest of a message; null for what does not travel.</summary>
    public static string? NameOf(object message) => message switch
    {
        // The two that travel all the time first: they are looked for in this order.
        Chunk => "ch",
        ChunkReplies => "cr",
        RegisterWorker => "rw",
        WorkerRegistered => "wr",
        AttachClient => "ac",
        DetachClient => "dc",
        ClusterView => "cv",
        StatusRequest => "sr",
        ClusterStatus => "cs",
        StopCluster => "sc",
        ClusterStopping => "st",
        DrainWorker => "dw",
        WorkerDraining => "wd",
        DrainNode => "dn",
        UnregisterWorker => "uw",
        DumpRequest => "dr",
        JobDump => "jd",
        Refused => "no",
        OpenJob => "oj",
        JobOpened => "jo",
        JobRefused => "jr",
        WorkReport => "re",
        RenewLease => "rl",
        CloseJob => "cj",
        WorkerLeaving => "wl",
        CancelTasks => "ct",
        RecallChunk => "rc",
        ChunkReady => "cy",
        BeginChunk => "bc",
        SplitTask => "sp",
        _ => null,
    };

    /// <summary>What reads a manifest's messages; null for one that is unknown.</summary>
    public static MessageParser? ParserOf(string manifest) => manifest switch
    {
        "rw" => RegisterWorker.Parser,
        "wr" => WorkerRegistered.Parser,
        "ac" => AttachClient.Parser,
        "dc" => DetachClient.Parser,
        "cv" => ClusterView.Parser,
        "sr" => StatusRequest.Parser,
        "cs" => ClusterStatus.Parser,
        "sc" => StopCluster.Parser,
        "st" => ClusterStopping.Parser,
        "dw" => DrainWorker.Parser,
        "wd" => WorkerDraining.Parser,
        "dn" => DrainNode.Parser,
        "uw" => UnregisterWorker.Parser,
        "dr" => DumpRequest.Parser,
        "jd" => JobDump.Parser,
        "no" => Refused.Parser,
        "oj" => OpenJob.Parser,
        "jo" => JobOpened.Parser,
        "jr" => JobRefused.Parser,
        "ch" => Chunk.Parser,
        "cr" => ChunkReplies.Parser,
        "re" => WorkReport.Parser,
        "rl" => RenewLease.Parser,
        "cj" => CloseJob.Parser,
        "wl" => WorkerLeaving.Parser,
        "ct" => CancelTasks.Parser,
        "rc" => RecallChunk.Parser,
        "cy" => ChunkReady.Parser,
        "bc" => BeginChunk.Parser,
        "sp" => SplitTask.Parser,
        _ => null,
    };
}
