namespace ActorCompute;

/// <summary>The work of one job opened on one worker: an <see cref="IOpenedCpuWork"/> or an <see cref="IOpenedIoWork"/>.</summary>
public interface IOpenedWork : IDisposable;

/// <summary>Work that computes. Called from several slots at a time, each on a thread of its own.</summary>
public interface IOpenedCpuWork : IOpenedWork
{
    /// <summary>Works on one encoded task and writes the encoded result.</summary>
    void Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context);
}

/// <summary>Work that waits. Many calls are under way at a time, each with a buffer of its own.</summary>
public interface IOpenedIoWork : IOpenedWork
{
    /// <summary>Works on one encoded task and writes the encoded result.</summary>
    ValueTask ExecuteAsync(ReadOnlyMemory<byte> task, IBufferWriter<byte> result, TaskContext context);
}
