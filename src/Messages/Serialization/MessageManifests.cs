using Google.Protobuf;

namespace ActorCompute.Messages;

/// <summary>The closed list of what travels: message type, manifest, parser. The manifest is part of the wire contract.</summary>
public static class MessageManifests
{
    private static readonly (string Name, Type Type, MessageParser Parser)[] All =
    [
        ("rw", typeof(RegisterWorker), RegisterWorker.Parser),
        ("wr", typeof(WorkerRegistered), WorkerRegistered.Parser),
        ("ac", typeof(AttachClient), AttachClient.Parser),
        ("dc", typeof(DetachClient), DetachClient.Parser),
        ("cv", typeof(ClusterView), ClusterView.Parser),
        ("sr", typeof(StatusRequest), StatusRequest.Parser),
        ("cs", typeof(ClusterStatus), ClusterStatus.Parser),
        ("sc", typeof(StopCluster), StopCluster.Parser),
        ("st", typeof(ClusterStopping), ClusterStopping.Parser),
        ("dw", typeof(DrainWorker), DrainWorker.Parser),
        ("wd", typeof(WorkerDraining), WorkerDraining.Parser),
        ("dn", typeof(DrainNode), DrainNode.Parser),
        ("rn", typeof(RenewNode), RenewNode.Parser),
        ("dr", typeof(DumpRequest), DumpRequest.Parser),
        ("jd", typeof(JobDump), JobDump.Parser),
        ("no", typeof(Refused), Refused.Parser),
        ("oj", typeof(OpenJob), OpenJob.Parser),
        ("jo", typeof(JobOpened), JobOpened.Parser),
        ("jr", typeof(JobRefused), JobRefused.Parser),
        ("ch", typeof(Chunk), Chunk.Parser),
        ("cr", typeof(ChunkReplies), ChunkReplies.Parser),
        ("re", typeof(WorkReport), WorkReport.Parser),
        ("cj", typeof(CloseJob), CloseJob.Parser),
        ("wl", typeof(WorkerLeaving), WorkerLeaving.Parser),
        ("ct", typeof(CancelTasks), CancelTasks.Parser),
    ];

    private static readonly Dictionary<Type, string> Names = All.ToDictionary(entry => entry.Type, entry => entry.Name);
    private static readonly Dictionary<string, MessageParser> Parsers = All.ToDictionary(entry => entry.Name, entry => entry.Parser);

    /// <summary>Every type that travels.</summary>
    public static IEnumerable<Type> Types => All.Select(entry => entry.Type);

    public static string? NameOf(Type type) => Names.GetValueOrDefault(type);

    public static MessageParser? ParserOf(string manifest) => Parsers.GetValueOrDefault(manifest);
}
