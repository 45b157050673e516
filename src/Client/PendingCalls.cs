namespace ActorCompute;

/// <summary>What becomes of submitted calls that no worker has begun, when the use of a cluster ends.</summary>
public enum PendingCalls
{
    /// <summary>They run first.</summary>
    Finish,

    /// <summary>They are cancelled; those that run are finished.</summary>
    Cancel,
}
