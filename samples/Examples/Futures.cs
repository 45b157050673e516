
namespace ActorCompute.Examples;

/// <summary>What a future can come to: a result, an exception of the worker, or nothing because it was cancelled.</summary>
internal static class Futures
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var good = cluster.Submit(Divide, 10, 2);
        output.WriteLine($"result: {await good.ResultAsync()}, exception: {await good.ExceptionAsync() is not null}");

        // The exception itself stays on the worker; its type and text travel.
        var bad = cluster.Submit(Divide, 10, 0);
        var error = (RemoteTaskException?)await bad.ExceptionAsync();
        output.WriteLine($"exception: {error!.RemoteType}, done: {bad.IsDone}, faulted: {bad.IsFaulted}");

        // Unlike Python's, a future that runs can be cancelled too: its function sees the token.
        var endless = cluster.Submit(NeverEnds.Forever, 1, CancellationToken.None);
        var called = new TaskCompletionSource();
        endless.OnCompleted(future => called.SetResult());
        output.WriteLine($"cancelled: {endless.Cancel()}, again: {endless.Cancel()}");
        await called.Task;
        try
        {
            await endless;
        }
        catch (OperationCanceledException)
        {
            output.WriteLine("who awaits it gets OperationCanceledException");
        }
    }

    public static int Divide(int a, int b) => a / b;
}
