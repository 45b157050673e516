using System.IO.Pipes;

namespace ActorCompute.Hosting.Tests.Launch;

public sealed class ParentPipeTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task OnClosed_ParentCloses_CallsBackOnceAfterWhatWasSent()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = new AnonymousPipeServerStream(PipeDirection.Out);
        using var child = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, parent.ClientSafePipeHandle));
        ParentPipe.OnClosed(child, closed.SetResult);
        parent.Write("lines that nobody asked for\n"u8);
        Assert.False(closed.Task.IsCompleted);

        await parent.DisposeAsync();

        await closed.Task.WaitAsync(Bound);
    }
}
