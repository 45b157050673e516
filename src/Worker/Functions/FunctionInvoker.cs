using System.Reflection;
using System.Runtime.CompilerServices;
using ActorCompute.Messages.Packing;
using ActorCompute.Worker.Compute;

namespace ActorCompute.Worker.Functions;

/// <summary>
/// Makes work of a method: its arguments arrive as one JSON value (several as a tuple's), a trailing
/// <see cref="CancellationToken"/> is the task's own, and a method that returns a task is work that waits.
/// </summary>
internal static class FunctionInvoker
{
    /// <exception cref="InputException">The method's shape is none of those.</exception>
    public static IOpenedWork Create(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var takesToken = parameters is [.., { ParameterType: var last }] && last == typeof(CancellationToken);
        var arguments = parameters.Take(parameters.Length - (takesToken ? 1 : 0)).Select(parameter => parameter.ParameterType).ToArray();
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
        return (IOpenedWork)Activator.CreateInstance(type, new Shape(method, arguments.Length, takesToken))!;
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

    private sealed record Shape(MethodInfo Method, int Arguments, bool TakesToken)
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
            if (Arguments == 1 && !TakesToken)
            {
                var direct = Method.CreateDelegate<Func<TInput, TReturn>>(target);
                return (input, _) => direct(input);
            }

            if (Arguments == 1) return Method.CreateDelegate<Func<TInput, CancellationToken, TReturn>>(target);
            var invoker = MethodInvoker.Create(Method);
            return (input, token) =>
            {
                var values = new object?[Arguments + (TakesToken ? 1 : 0)];
                if (Arguments > 1)
                {
                    var tuple = (ITuple)input!;
                    for (var i = 0; i < Arguments; i++) values[i] = tuple[i];
                }

                if (TakesToken) values[^1] = token;
                return (TReturn)invoker.Invoke(target, values.AsSpan())!;
            };
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
                _call = shape.Bind<TInput, ValueTask<TResult>>();
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
