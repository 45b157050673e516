namespace ActorCompute.Remoting.Transport;

/// <summary>Why no association came about. The numbers are part of the wire contract.</summary>
internal enum Refusal : byte
{
    /// <summary>The other side does not know the cluster's secret.</summary>
    WrongSecret = 1,

    /// <summary>The other side speaks another version of this handshake.</summary>
    OtherVersion = 2,

    /// <summary>What arrived is not this handshake: another program, a scanner, a damaged stream.</summary>
    NotAPeer = 3,

    /// <summary>Who answers is not who was called.</summary>
    OtherAddress = 4,

    /// <summary>The other side did not finish in time.</summary>
    TimedOut = 5,

    /// <summary>This listener speaks TLS only, and the caller did not.</summary>
    TlsNeeded = 6,

    /// <summary>This listener speaks no TLS, and the caller did.</summary>
    TlsNotSpoken = 7,

    /// <summary>TLS came to no agreement: most often a certificate that one side does not trust.</summary>
    TlsFailed = 8,

    /// <summary>Newer callers needed the place of one that had proved nothing yet.</summary>
    Crowded = 9,

    /// <summary>The connection ended before the handshake did.</summary>
    Closed = 10,

    /// <summary>No connection could be made.</summary>
    Unreachable = 11,

    /// <summary>This side is shutting down.</summary>
    ShuttingDown = 12,
}
