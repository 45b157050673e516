using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Tests;

/// <summary>Jobs that are open, whose own code runs where it is asked for.</summary>
internal static class TestJobs
{
    public static OpenedJob Open(IOpenedWork? work = null, IActorRef? client = null, TimeProvider? time = null, TimeSpan? timeout = null, TimeSpan? grace = null)
    {
        var job = new OpenedJob(new("job-1"), client ?? ActorRefs.Nobody, action => action(), new(null), time ?? TimeProvider.System) { Timeout = timeout, Grace = grace ?? TimeSpan.FromSeconds(2) };
        job.Opened(work ?? new TestWork());
        return job;
    }
}
