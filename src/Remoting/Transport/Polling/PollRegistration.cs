namespace ActorCompute.Remoting.Transport;

/// <summary>What a poller knows of one socket.</summary>
internal sealed class PollRegistration
{
    /// <summary>What the socket is watched for now.</summary>
    public Interest Interest { get; set; }

    /// <summary>Its place in the poller's table while it is watched.</summary>
    public int Slot { get; set; }
}
