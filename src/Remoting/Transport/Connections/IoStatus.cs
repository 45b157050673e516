namespace ActorCompute.Remoting.Transport;

/// <summary>How a try to read or write without waiting ended.</summary>
internal enum IoStatus
{
    /// <summary>Bytes went through; try again for more.</summary>
    Done,

    /// <summary>Bytes went through, and there are no more for now; the owner is called when there are.</summary>
    DoneForNow,

    /// <summary>Nothing can be done now; the owner is called when it can.</summary>
    Pending,

    /// <summary>The other side has ended its direction.</summary>
    Ended,

    /// <summary>The connection is broken.</summary>
    Failed,
}
