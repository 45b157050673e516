using System.Reflection;
using System.Runtime.CompilerServices;
using ActorCompute.Messages.Packing;
using ActorCompute.Worker.Compute;

namespace ActorCompute.Worker.Functions;

/// <summary>
/// Makes work of a method: its arguments arrive as one JSON value (several as a tuple's), a trailing
/// <see cref="CancellationToken"/> is the task's own, and a method that returns a task is work that waits. Where the arguments are on the
/// cluster, shared values arrive in their place, and the method is called when those are here.
/// </summary>
internal static class FunctionInvoker
{
    /// <param name="method">The method.</param>
    /// <param name="isRemote">Its arguments arrive as shared values.</param>
    /// <exception cref="InputException">The method's shape is none of those.</exception>
    public static IOpenedWork Create(MethodInfo method, bool isRemote = false)
    {
        var parameters = method.GetParameters();
        var takesToken = parameters is [.., { ParameterType: var last }] && last == typeof(CancellationToken);
        var arguments = parameters.Take(parameters.Length - (takesToken ? 1 : 0)).Select(parameter => parameter.ParameterType).ToArray();
        if (isRemote) arguments = [.. arguments.Select(argument => typeof(SharedValue<>).MakeGenericType(argument))];
        var input = arguments.Length switch
        {
            0 => typeof(bool),
            1 => arguments[0],
            2 => typeof(ValueTuple<,>).MakeGenericType(arguments),
            3 => typeof(ValueTuple<,,>).MakeGenericType(arguments),
            4 => typeof(ValueTuple<,,,>).MakeGenericType(arguments),
            _ => throw new InputException($"{method.Name} takes {arguments.Length} arguments; at most 4 travel. Use a record with several properties."),
        };
        var (result, isAsync) = ResultOf(method);
        var type = (isAsync ? typeof(IoCall<,>) : typeof(CpuCall<,>)).MakeGenericType(input, result);
        return (IOpenedWork)Activator.CreateInstance(type, new Shape(method, arguments.Length, takesToken, isRemote))!;
    }

    /// <summary>What a method is called on: nothing, or for a lambda the compiler's own instance, which holds nothing.</summary>
    internal static object? TargetOf(MethodInfo method) =>
        method.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(method.DeclaringType!);

    private static (Type Result, bool IsAsync) ResultOf(MethodInfo method)
    {
        var type = method.ReturnType;
        var isAsync = type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));
        return isAsync ? (type.GetGenericArguments()[0], true) : (type, false);
    }

    private sealed record Shape(MethodInfo Method, int Arguments, bool TakesToken, bool IsRemote)
    {
        /// <exception cref="FormatException">The argument cannot be read.</exception>
        public TInput Read<TInput>(ReadOnlySpan<byte> argument)
        {
            try
            {
                return ValueCodec<TInput>.Instance.Read(argument);
            }
            catch (FormatException e)
            {
                throw new FormatException($"the argument of {Method.DeclaringType?.Name}.{Method.Name} cannot be read: {e.Message}", e);
            }
        }

        /// <summary>A delegate of one type for all shapes; the common one, a single argument, is called directly.</summary>
        public Func<TInput, CancellationToken, TReturn> Bind<TInput, TReturn>()
        {
            var target = TargetOf(Method);
            if (IsRemote)
            {
                var call = BindValues<TReturn>();
                return (input, token) => call(ArrivedAsync(input, token).AsTask().GetAwaiter().GetResult(), token);
            }

            if (Arguments == 1 && !TakesToken)
            {
                var direct = Method.CreateDelegate<Func<TInput, TReturn>>(target);
                return (input, _) => direct(input);
            }

            if (Arguments == 1) return Method.CreateDelegate<Func<TInput, CancellationToken, TReturn>>(target);
            var several = BindValues<TReturn>();
            return (input, token) => several(ValuesOf(input), token);
        }

        /// <summary>The same for a method that waits, which the waiting for its arguments does not block.</summary>
        public Func<TInput, CancellationToken, ValueTask<TResult>> BindRemoteAsync<TInput, TReturn, TResult>(Func<TReturn, ValueTask<TResult>> result)
        {
            var call = BindValues<TReturn>();
            return async (input, token) => await result(call(await ArrivedAsync(input, token).ConfigureAwait(false), token)).ConfigureAwait(false);
        }

        /// <summary>The method over its arguments as objects; the last place is the token's, if it takes one.</summary>
        private Func<object?[], CancellationToken, TReturn> BindValues<TReturn>()
        {
            var (target, invoker) = (TargetOf(Method), MethodInvoker.Create(Method));
            return (values, token) =>
            {
                if (TakesToken) values[^1] = token;
                return (TReturn)invoker.Invoke(target, values.AsSpan())!;
            };
        }

        private object?[] ValuesOf<TInput>(TInput input)
        {
            var values = new object?[Arguments + (TakesToken ? 1 : 0)];
            if (Arguments == 1) values[0] = input;
            for (var i = 0; Arguments > 1 && i < Arguments; i++) values[i] = ((ITuple)input!)[i];
            return values;
        }

        /// <summary>The arguments that the shared values stand for, all on their way at once.</summary>
        private async ValueTask<object?[]> ArrivedAsync<TInput>(TInput input, CancellationToken cancellation)
        {
            var values = ValuesOf(input);
            var arrivals = values.Take(Arguments).Select(value => ((ISharedArgument)value!).GetObjectAsync(cancellation).AsTask());
            var arrived = await Task.WhenAll(arrivals).ConfigureAwait(false);
            arrived.CopyTo(values, 0);
            return values;
        }
    }

    private sealed class CpuCall<TInput, TResult>(Shape shape) : IPackWork
    {
        private readonly Func<TInput, CancellationToken, TResult> _call = shape.Bind<TInput, TResult>();

        public void Execute(ReadOnlySpan<byte> task, System.Buffers.IBufferWriter<byte> result, TaskContext context) =>
            ValueCodec<TResult>.Instance.Write(_call(shape.Read<TInput>(task), context.Cancellation), result);

        public void Execute(ref PackPass pass, PackWriter results)
        {
            var call = _call;
            for (; pass.HasNext(results.Length); pass.Answered()) results.Add(call(shape.Read<TInput>(pass.Next()), pass.Cancellation));
        }

        public void Dispose()
        {
        }
    }

    private sealed class IoCall<TInput, TResult> : IOpenedIoWork
    {
        private readonly Shape _shape;
        private readonly Func<TInput, CancellationToken, ValueTask<TResult>> _call;

        public IoCall(Shape shape)
        {
            _shape = shape;
            if (shape.Method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>))
            {
                _call = shape.IsRemote ? shape.BindRemoteAsync<TInput, ValueTask<TResult>, TResult>(result => result) : shape.Bind<TInput, ValueTask<TResult>>();
                return;
            }

            if (shape.IsRemote)
            {
                _call = shape.BindRemoteAsync<TInput, Task<TResult>, TResult>(result => new(result));
                return;
            }

            var call = shape.Bind<TInput, Task<TResult>>();
            _call = (input, token) => new(call(input, token));
        }

        public async ValueTask ExecuteAsync(ReadOnlyMemory<byte> task, System.Buffers.IBufferWriter<byte> result, TaskContext context) =>
            ValueCodec<TResult>.Instance.Write(await _call(_shape.Read<TInput>(task.Span), context.Cancellation).ConfigureAwait(false), result);

        public void Dispose()
        {
        }
    }
}
