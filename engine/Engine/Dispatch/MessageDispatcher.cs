namespace Akka.Dispatch;

/// <summary>Gives mailboxes their turns, on threads of its kind.</summary>
public abstract class MessageDispatcher
{
    internal MessageDispatcher(string id, int throughput, TimeSpan throughputDeadline)
    {
        Id = id;
        Throughput = throughput;
        if (throughputDeadline > TimeSpan.Zero)
            ThroughputDeadlineTime = (long)(throughputDeadline.TotalSeconds * System.Diagnostics.Stopwatch.Frequency);
    }

    public string Id { get; set; }

    /// <summary>How many messages an actor may handle in one turn.</summary>
    public int Throughput { get; set; }

    /// <summary>How long a turn may last, in ticks of the stopwatch; null: as long as it takes.</summary>
    internal long? ThroughputDeadlineTime { get; }

    internal abstract void Execute(IThreadPoolWorkItem turn);

    /// <summary>An actor that used the dispatcher has stopped. Called on its last turn.</summary>
    internal virtual void Detach()
    {
    }

    /// <summary>The actor system has ended.</summary>
    internal virtual void Shutdown()
    {
    }
}
