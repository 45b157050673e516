namespace ActorCompute.Remoting.Transport;

/// <summary>Takes the frames of a connection, in order.</summary>
internal interface IFrameSink
{
    /// <param name="payload">Stays as it is: nobody writes there again.</param>
    void OnFrame(ReadOnlyMemory<byte> payload);
}
