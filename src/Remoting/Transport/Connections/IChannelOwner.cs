namespace ActorCompute.Remoting.Transport;

/// <summary>Who reads from and writes to a <see cref="ByteChannel"/>. Called on the loop's thread.</summary>
internal interface IChannelOwner
{
    /// <summary>A read that was pending may go on.</summary>
    void OnReadable();

    /// <summary>A write that was pending may go on.</summary>
    void OnWritable();

    /// <summary>One of the two threw.</summary>
    void OnFault(Exception error);
}
