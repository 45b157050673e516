using System.Buffers;

namespace ActorCompute.Worker.Tests;

/// <summary>Work that does what a test says; by default its result is the task itself.</summary>
internal sealed class TestWork(Func<byte[], TaskContext, byte[]>? execute = null) : IOpenedCpuWork
{
    private int _executed;
    private int _disposed;

    public int Executed => Volatile.Read(ref _executed);

    public int Disposed => Volatile.Read(ref _disposed);

    public TaskCompletionSource DisposedOnce { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context)
    {
        Interlocked.Increment(ref _executed);
        // Half a result before the work may throw: none of it may be sent.
        result.Write("partial"u8);
        var bytes = execute?.Invoke(task.ToArray(), context) ?? task.ToArray();
        result.Write(bytes);
    }

    public void Dispose()
    {
        Interlocked.Increment(ref _disposed);
        DisposedOnce.TrySetResult();
    }
}
