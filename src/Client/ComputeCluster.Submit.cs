using ActorCompute.Client.Functions;

namespace ActorCompute;

/// <content>Calls of functions one by one, as <c>executor.submit</c> does.</content>
public sealed partial class ComputeCluster
{
    private ComputeFuture<TResult> SubmitCall<TResult>(Delegate function, SubmitOptions? options) =>
        Submit<bool, TResult>(function, false, null, options);

    private ComputeFuture<TResult> SubmitCall<T1, TResult>(Delegate function, T1 first, SubmitOptions? options) => first is CancellationToken token
        ? Cancelling(SubmitCall<TResult>(function, options), token)
        : Submit<T1, TResult>(function, first, first, options);

    private ComputeFuture<TResult> SubmitCall<T1, T2, TResult>(Delegate function, T1 first, T2 second, SubmitOptions? options) => second is CancellationToken token
        ? Cancelling(SubmitCall<T1, TResult>(function, first, options), token)
        : Submit<(T1, T2), TResult>(function, (first, second), (first, second), options);

    private ComputeFuture<TResult> SubmitCall<T1, T2, T3, TResult>(Delegate function, T1 first, T2 second, T3 third, SubmitOptions? options) => third is CancellationToken token
        ? Cancelling(SubmitCall<T1, T2, TResult>(function, first, second, options), token)
        : Submit<(T1, T2, T3), TResult>(function, (first, second, third), (first, second, third), options);

    private ComputeFuture<TResult> SubmitCall<T1, T2, T3, T4, TResult>(Delegate function, T1 first, T2 second, T3 third, T4 fourth, SubmitOptions? options) => fourth is CancellationToken token
        ? Cancelling(SubmitCall<T1, T2, T3, TResult>(function, first, second, third, options), token)
        : Submit<(T1, T2, T3, T4), TResult>(function, (first, second, third, fourth), (first, second, third, fourth), options);

    private static ComputeFuture<TResult> Cancelling<TResult>(ComputeFuture<TResult> future, CancellationToken token)
    {
        if (!token.CanBeCanceled) return future;
        var registration = token.UnsafeRegister(static future => ((ComputeFuture)future!).Cancel(), future);
        future.Continue(_ => registration.Unregister());
        return future;
    }

    private ComputeFuture<TResult> Submit<TInput, TResult>(Delegate function, TInput input, object? shown, SubmitOptions? options) =>
        Submit(_calls.Get<TInput, TResult>(function), input, shown, options);

    private ComputeFuture<TResult> Submit<TInput, TResult>(RemoteCall<TInput, TResult> call, TInput input, object? shown, SubmitOptions? options) =>
        _sessions.Submit(call, input, shown, options);
}
