namespace ActorCompute;

/// <summary>The work of one job opened on one worker. <see cref="Execute"/> is called from several slots at a time.</summary>
public interface IOpenedWork : IDisposable
{
    /// <summary>Works on one encoded task and writes the encoded result.</summary>
    void Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context);
}
