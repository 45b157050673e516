namespace ActorCompute;

/// <summary>The work of one job opened on one worker: an <see cref="IOpenedCpuWork"/> or an <see cref="IOpenedIoWork"/>.</summary>
internal interface IOpenedWork : IDisposable;

/// <summary>Work that computes. Called from several slots at a time, each on a thread of its own.</summary>
internal interface IOpenedCpuWork : IOpenedWork
{
    /// <summary>Works on one encoded task and writes the encoded result.</summary>
    void Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context);
}

/// <summary>Work that computes, and can give back what is left of a running task.</summary>
internal interface IOpenedSplittableWork : IOpenedCpuWork
{
    /// <summary>Works on one encoded task, and writes the encoded result of what of it was done.</summary>
    /// <param name="task">The task.</param>
    /// <param name="result">Takes the result.</param>
    /// <param name="context">What the task may know.</param>
    /// <param name="pieces">Into how many tasks the rest should be divided; below 2 while no split is wanted. Called on the task's thread.</param>
    /// <returns>What is left, as encoded tasks in order; none when all is done.</returns>
    IReadOnlyList<ReadOnlyMemory<byte>> Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context, Func<int> pieces);
}

/// <summary>Work that waits. Many calls are under way at a time, each with a buffer of its own.</summary>
internal interface IOpenedIoWork : IOpenedWork
{
    /// <summary>Works on one encoded task and writes the encoded result.</summary>
    ValueTask ExecuteAsync(ReadOnlyMemory<byte> task, IBufferWriter<byte> result, TaskContext context);
}
