using ActorCompute.Client.Functions;
using ActorCompute.Client.Shared;

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

    private ComputeFuture<TResult> SubmitRemote<T1, TResult>(Delegate function, IRemoteValue<T1> input, SubmitOptions? options)
    {
        var argument = ArgumentOf(input);
        // A class knows how its own input travels.
        return function is { Target: FunctionKind<T1, TResult> }
            ? _sessions.Submit(_calls.Get<T1, TResult>(function), new RemoteInput<T1>([argument], null, values => (T1)values[0]!), options)
            : SubmitRemote<SharedValue<T1>, TResult>(function, lent => (SharedValue<T1>)lent[0]!, options, argument);
    }

    private ComputeFuture<TResult> SubmitRemote<T1, T2, TResult>(Delegate function, IRemoteValue<T1> first, IRemoteValue<T2> second, SubmitOptions? options) =>
        SubmitRemote<(SharedValue<T1>, SharedValue<T2>), TResult>(function, lent => ((SharedValue<T1>)lent[0]!, (SharedValue<T2>)lent[1]!), options, ArgumentOf(first), ArgumentOf(second));

    private ComputeFuture<TResult> SubmitRemote<T1, T2, T3, TResult>(Delegate function, IRemoteValue<T1> first, IRemoteValue<T2> second, IRemoteValue<T3> third, SubmitOptions? options) =>
        SubmitRemote<(SharedValue<T1>, SharedValue<T2>, SharedValue<T3>), TResult>(function, lent => ((SharedValue<T1>)lent[0]!, (SharedValue<T2>)lent[1]!, (SharedValue<T3>)lent[2]!), options, ArgumentOf(first), ArgumentOf(second), ArgumentOf(third));

    private ComputeFuture<TResult> SubmitRemote<T1, T2, T3, T4, TResult>(Delegate function, IRemoteValue<T1> first, IRemoteValue<T2> second, IRemoteValue<T3> third, IRemoteValue<T4> fourth, SubmitOptions? options) =>
        SubmitRemote<(SharedValue<T1>, SharedValue<T2>, SharedValue<T3>, SharedValue<T4>), TResult>(function, lent => ((SharedValue<T1>)lent[0]!, (SharedValue<T2>)lent[1]!, (SharedValue<T3>)lent[2]!, (SharedValue<T4>)lent[3]!), options, ArgumentOf(first), ArgumentOf(second), ArgumentOf(third), ArgumentOf(fourth));

    private ComputeFuture<TResult> SubmitRemote<TInput, TResult>(Delegate function, Func<IReadOnlyList<object?>, TInput> make, SubmitOptions? options, params IReadOnlyList<IRemoteArgument> arguments) =>
        _sessions.Submit(_calls.Get<TInput, TResult>(function, isRemote: true), new RemoteInput<TInput>(arguments, _shared, make), options);

    private static IRemoteArgument ArgumentOf<T>(IRemoteValue<T> value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value switch
        {
            IRemoteArgument future => future,
            SharedValue<T> shared => new SharedArgument<T>(shared),
            _ => throw new ArgumentException($"{value.GetType().Name} is neither a future nor a shared value.", name),
        };
    }

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
