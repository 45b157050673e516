using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorCompute.Worker.Functions;

/// <summary>Runs what a program wants done once in each worker process before its first task.</summary>
internal sealed class Initializers
{
    // Of each whether it has run; locked while it does, so that one which hangs holds up none but its own.
    private readonly ConcurrentDictionary<(Guid Module, int Method, string Argument), StrongBox<bool>> _done = [];

    /// <exception cref="InputException">It threw; the job cannot run here.</exception>
    public void RunOnce(MethodInfo method, ReadOnlySpan<byte> argument)
    {
        var done = _done.GetOrAdd((method.Module.ModuleVersionId, method.MetadataToken, Convert.ToHexString(argument)), _ => new());
        lock (done)
        {
            if (done.Value) return;
            try
            {
                var parameters = method.GetParameters();
                object?[] arguments = parameters.Length == 0 ? [] : [ReadAs(parameters[0].ParameterType, argument.ToArray())];
                var result = method.Invoke(FunctionInvoker.TargetOf(method), arguments);
                if (result is Task task) task.GetAwaiter().GetResult();
            }
            catch (Exception e)
            {
                var cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
                throw new InputException($"the initializer {method.DeclaringType?.Name}.{method.Name} failed: {cause.GetType().Name}: {cause.Message}", e);
            }

            done.Value = true;
        }
    }

    /// <summary>As the client wrote it: a serializer of other settings would drop a tuple's fields in silence.</summary>
    private static object? ReadAs(Type type, byte[] bytes)
    {
        var read = typeof(Initializers).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;
        return read.MakeGenericMethod(type).Invoke(null, [bytes]);
    }

    private static T Read<T>(byte[] bytes) => ValueCodec<T>.Instance.Read(bytes);
}
