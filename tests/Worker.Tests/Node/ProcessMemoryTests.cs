using ActorCompute.Worker.Node;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>Alone in the process: what other tests give back meanwhile would count against it.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessMemoryTests
{
    private const string Name = "Memory of the process";

    [Fact]
    public void Taken_OfThisProcess_GrowsWithWhatItKeeps()
    {
        // What they left behind is given back now, and not when the array below is made.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = ProcessMemory.Taken();
        var kept = new byte[64 << 20];
        kept.AsSpan().Fill(1);
        Assert.InRange(ProcessMemory.Taken() - before, 48 << 20, long.MaxValue);
        GC.KeepAlive(kept);
    }
}
