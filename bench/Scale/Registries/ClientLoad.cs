using System.Diagnostics;
using ActorCompute.Messages;

namespace ActorCompute.Scale.Registries;

/// <summary>What a client does with a view: it is read, and goes through the real core.</summary>
internal static class ClientLoad
{
    /// <summary>Processor time for one view of which a client knows all workers.</summary>
    public static TimeSpan TakeView(ReadOnlyMemory<byte> bytes, int repeats)
    {
        var core = new AttachCore<Attached>(worker => worker.Life);
        Take(core, bytes);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < repeats; i++) Take(core, bytes);
        process.Refresh();
        return (process.TotalProcessorTime - before) / repeats;
    }

    private static void Take(AttachCore<Attached> core, ReadOnlyMemory<byte> bytes)
    {
        var view = ClusterView.Parser.ParseFrom(bytes.Span);
        core.Handle(new AttachEvent<Attached>.ViewArrived("seed", [.. view.Workers.Select(worker => new Attached(new(new(worker.Id), worker.Incarnation), worker.Name, worker.Host, worker.Node))], default));
    }

    private sealed record Attached(WorkerLife Life, string Name, string Host, string Node);
}
