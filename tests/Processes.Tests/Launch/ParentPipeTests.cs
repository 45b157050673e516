using System.IO.Pipes;

namespace ActorCompute.Processes.Tests.Launch;

public sealed class ParentPipeTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly List<string> _seeds = [];
    private readonly TaskCompletionSource<string> _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Watch_ParentCloses_SaysThatItIsGone()
    {
        var parent = Watch();
        parent.Write("lines that nobody asked for\n"u8);
        Assert.False(_called.Task.IsCompleted);

        await parent.DisposeAsync();

        Assert.Equal("closed", await _called.Task.WaitAsync(Bound));
    }

    [Fact]
    public async Task Watch_ParentAsksToLeaveAndCloses_SaysLeaveAlone()
    {
        var parent = Watch();
        parent.Write("leave\n"u8);
        await parent.DisposeAsync();

        Assert.Equal("leave", await _called.Task.WaitAsync(Bound));
    }

    [Fact]
    public async Task Watch_ParentNamesSeeds_PassesThemOn()
    {
        var parent = Watch();
        parent.Write("seeds 127.0.0.1:1,[::1]:2\nseeds\n"u8);
        await parent.DisposeAsync();

        Assert.Equal("closed", await _called.Task.WaitAsync(Bound));
        Assert.Equal(["127.0.0.1:1,[::1]:2"], _seeds);
    }

    private AnonymousPipeServerStream Watch()
    {
        var parent = new AnonymousPipeServerStream(PipeDirection.Out);
        var child = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, parent.ClientSafePipeHandle));
        ParentPipe.Watch(child, _seeds.Add, () => _called.SetResult("leave"), () => _called.SetResult("closed"));
        return parent;
    }
}
