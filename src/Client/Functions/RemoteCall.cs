using System.Collections.Concurrent;
using System.Reflection;
using ActorCompute.Client.Jobs;
using ActorCompute.Messages;
using Google.Protobuf;

namespace ActorCompute.Client.Functions;

/// <summary>A function as the cluster is asked for it, and how its values travel.</summary>
internal sealed record RemoteCall<TInput, TResult>(JobHeader Header, ICodec<TInput> InputCodec, ICodec<TResult> ResultCodec)
{
    /// <summary>What makes two calls calls of the same function.</summary>
    public object Key { get; private init; } = Header;

    /// <summary>A static method, whose reference was checked.</summary>
    public static RemoteCall<TInput, TResult> Of(FunctionReference function, object key, FunctionInitializer? initializer)
    {
        var call = new FunctionCall { Function = function, Initializer = initializer?.Reference, InitializerArgument = initializer?.Argument ?? ByteString.Empty };
        return new(new(FunctionContract.KindName, FunctionContract.Version, call.ToByteArray()), ValueCodec<TInput>.Instance, ValueCodec<TResult>.Instance) { Key = key };
    }

    public static RemoteCall<TInput, TResult> Of(IFunction<TInput, TResult> function, ParameterValues? parameters) =>
        Of(new(function.Name, KindVersion.Of(function), function.EncodeParameters(parameters ?? ParameterValues.None)), function);

    private static RemoteCall<TInput, TResult> Of(JobHeader header, IFunction<TInput, TResult> function) =>
        new(header, function.InputCodec, function.ResultCodec) { Key = (header.Kind, Convert.ToHexString(header.Parameters.Span)) };
}

/// <summary>The static methods that a program has called, each looked up once.</summary>
internal sealed class RemoteCalls(FunctionInitializer? initializer)
{
    private readonly ConcurrentDictionary<(MethodInfo Method, Type Input), object> _calls = new();

    /// <exception cref="ArgumentException">The function cannot be called in another process.</exception>
    public RemoteCall<TInput, TResult> Get<TInput, TResult>(Delegate function)
    {
        // Looked at each time: the method of a lambda is the same whatever it captured.
        StaticFunction.CheckTarget(function);
        var method = function.Method;
        return (RemoteCall<TInput, TResult>)(_calls.TryGetValue((method, typeof(TInput)), out var known)
            ? known
            : _calls.GetOrAdd((method, typeof(TInput)), RemoteCall<TInput, TResult>.Of(StaticFunction.Describe(method), method, initializer)));
    }
}

/// <summary>What a program wants done once in each worker process before its first function runs there.</summary>
internal sealed record FunctionInitializer(FunctionReference Reference, ByteString Argument);
