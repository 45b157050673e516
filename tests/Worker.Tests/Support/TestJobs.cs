using ActorCompute.Worker.Nested;
using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Tests;

/// <summary>Jobs that are open, whose own code runs where it is asked for.</summary>
internal static class TestJobs
{
    public static OpenedJob Open(IOpenedWork? work = null, IActorRef? client = null, TimeProvider? time = null, TimeSpan? timeout = null, TimeSpan? grace = null)
    {
        var job = Opening(new(timeout, grace ?? TimeSpan.FromSeconds(2)), client, time);
        job.Opened(work ?? new TestWork());
        return job;
    }

    /// <summary>One without work yet.</summary>
    public static OpenedJob Opening(JobTerms terms, IActorRef? client = null, TimeProvider? time = null, NestedCluster? nested = null)
    {
        client ??= ActorRefs.Nobody;
        return new(new NodeJob<IActorRef>(new("job-1"), 1, client, terms, TimeSpan.Zero), client, terms, action => action(), new(null), time ?? TimeProvider.System) { Nested = nested };
    }
}
