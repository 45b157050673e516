using System.Buffers;
using System.Text;

namespace ActorCompute.Worker.Tests;

/// <summary>Work that begins, waits until a split is wanted, and gives back as many pieces as are asked for.</summary>
internal sealed class SplitWork(int restBytes = 1) : IOpenedSplittableWork
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public ManualResetEventSlim Began { get; } = new();

    public TaskContext? Context { get; private set; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context, Func<int> pieces)
    {
        Context = context;
        Began.Set();
        Assert.True(SpinWait.SpinUntil(() => pieces() > 0 || context.Cancellation.IsCancellationRequested, Bound), "no split was asked for");
        context.Cancellation.ThrowIfCancellationRequested();
        result.Write("done"u8);
        return [.. Enumerable.Range(0, pieces()).Select(piece => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes($"{piece}".PadRight(restBytes)))];
    }

    public void Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context) => throw new InvalidOperationException("it can be split");

    public void Dispose() => Began.Dispose();
}
