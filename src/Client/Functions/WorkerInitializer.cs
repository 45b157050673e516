using System.Text;
using ActorCompute.Client.Functions;
using Google.Protobuf;

namespace ActorCompute;

/// <summary>A static method that is called once in each worker process, before the first function of this program runs there.</summary>
public sealed class WorkerInitializer
{
    private WorkerInitializer(FunctionInitializer function) => Function = function;

    internal FunctionInitializer Function { get; }

    /// <summary>A method without argument.</summary>
    /// <exception cref="ArgumentException">It cannot be called in another process.</exception>
    public static WorkerInitializer Of(Action method) => new(new(StaticFunction.Describe(method), ByteString.Empty));

    /// <summary>A method with an argument, which travels as JSON.</summary>
    /// <exception cref="ArgumentException">It cannot be called in another process.</exception>
    public static WorkerInitializer Of<T>(Action<T> method, T argument) =>
        new(new(StaticFunction.Describe(method), ByteString.CopyFrom(ValueCodec<T>.Instance.ToBytes(argument))));
}
