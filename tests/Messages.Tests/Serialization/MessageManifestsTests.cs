using Google.Protobuf;

namespace ActorCompute.Messages.Tests.Serialization;

public sealed class MessageManifestsTests
{
    // The wire contract: a name here never changes its meaning, and a message that goes leaves its name unused.
    private static readonly string[] Contract =
    [
        "ac AttachClient", "bc BeginChunk", "ch Chunk", "cj CloseJob", "cr ChunkReplies", "cs ClusterStatus", "ct CancelTasks", "cv ClusterView", "cy ChunkReady",
        "dc DetachClient", "dn DrainNode", "dr DumpRequest", "dw DrainWorker", "jd JobDump", "jo JobOpened", "jr JobRefused",
        "no Refused", "oj OpenJob", "rc RecallChunk", "re WorkReport", "rl RenewLease", "rp ResultPiece", "rt ResultPieceTaken", "rw RegisterWorker", "sc StopCluster", "sp SplitTask", "sr StatusRequest",
        "st ClusterStopping", "uw UnregisterWorker", "vp SharedValuePiece", "vr SharedValueRequest", "wd WorkerDraining", "wl WorkerLeaving", "wr WorkerRegistered",
    ];

    [Fact]
    public void Types_NamesAndMessages_AreTheContract() =>
        Assert.Equal(Contract, MessageManifests.Types.Select(type => $"{MessageManifests.NameOf(Activator.CreateInstance(type)!)} {type.Name}").Order(StringComparer.Ordinal));

    [Fact]
    public void ParserOf_EveryName_ParsesItsOwnType()
    {
        foreach (var type in MessageManifests.Types)
        {
            Assert.IsType(type, MessageManifests.ParserOf(MessageManifests.NameOf(Activator.CreateInstance(type)!)!)!.ParseFrom(ByteString.Empty));
        }
    }

    [Fact]
    public void Types_EveryMessageOfTheContractsThatTravelsAlone_IsListed()
    {
        // What stands inside others has no manifest.
        var parts = new[] { typeof(WorkerInfo), typeof(Resource), typeof(Batch), typeof(BatchReply), typeof(TaskError), typeof(JobInfo), typeof(WorkerStatus), typeof(ClientStatus), typeof(FunctionCall), typeof(FunctionReference), typeof(RunningTask), typeof(WorkerDump), typeof(TaskDump), typeof(LargeResult) };
        var messages = typeof(Chunk).Assembly.GetTypes().Where(type => typeof(IMessage).IsAssignableFrom(type));
        Assert.Equal(messages.Except(parts).OrderBy(type => type.Name), MessageManifests.Types.OrderBy(type => type.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("RW")]
    [InlineData("ActorCompute.Messages.Chunk")]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    public void ParserOf_NotInTheList_IsNone(string manifest) => Assert.Null(MessageManifests.ParserOf(manifest));

    [Fact]
    public void NameOf_NotInTheList_IsNone()
    {
        Assert.Null(MessageManifests.NameOf(new Batch()));
        Assert.Null(MessageManifests.NameOf("text"));
    }
}
