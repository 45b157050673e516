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

    /// <summary>The same, called by a task: another job, so that workers tell by depth what waits for what.</summary>
    public RemoteCall<TInput, TResult> At(NestedTerms terms) => this with
    {
        Header = Header with { Depth = terms.Depth, Client = terms.Client, IsAwaitedByHolder = terms.IsAwaitedByHolder },
        Key = (Key, terms),
    };

    /// <summary>A static method, whose reference was checked.</summary>
    /// <exception cref="ArgumentException">Its argument or result cannot travel.</exception>
    /// <param name="function">The reference.</param>
    /// <param name="method">The method.</param>
    /// <param name="initializer">Called before the first function, if there is one.</param>
    /// <param name="isRemote">The arguments are on the cluster: <typeparamref name="TInput"/> is of <see cref="SharedValue{T}"/>s.</param>
    public static RemoteCall<TInput, TResult> Of(FunctionReference function, MethodInfo method, FunctionInitializer? initializer, bool isRemote)
    {
        var name = StaticFunction.NameOf(method);
        if (FunctionValues.Refusal(name, ValueCodec<TInput>.Instance, ValueCodec<TResult>.Instance) is { } why) throw new ArgumentException(why);
        var call = new FunctionCall { Function = function, Initializer = initializer?.Reference, InitializerArgument = initializer?.Argument ?? ByteString.Empty, RemoteArguments = isRemote };
        var header = new JobHeader(FunctionContract.KindName, FunctionContract.Version, call.ToByteArray()) { Name = name };
        return new(header, ValueCodec<TInput>.Instance, ValueCodec<TResult>.Instance) { Key = isRemote ? (method, isRemote) : method };
    }

    /// <summary>A function that is a class, with the parameters it was given.</summary>
    /// <exception cref="ArgumentException">Its argument or result cannot travel by the codec that it has.</exception>
    /// <exception cref="InputException">A parameter is missing, wrong or unknown.</exception>
    public static RemoteCall<TInput, TResult> Of(FunctionKind<TInput, TResult> function)
    {
        var (input, result) = (function.InputCodec, function.OutputCodec);
        if (FunctionValues.Refusal(function.Name, input, result) is { } why) throw new ArgumentException(why);
        var header = new JobHeader(function.Name, KindVersion.Of(function), function.EncodeGiven()) { KindType = StaticFunction.DescribeKind(function), MayRunTwiceAtOnce = function.MayRunTwiceAtOnce, Needs = function.Needs };
        return new(header, input, result) { Key = (header.Kind, Convert.ToHexString(header.Parameters.Span)) };
    }
}

/// <summary>The static methods that a program has called, each looked up once.</summary>
internal sealed class RemoteCalls(FunctionInitializer? initializer)
{
    private readonly ConcurrentDictionary<(MethodInfo Method, Type Input, bool IsRemote), object> _calls = new();

    /// <exception cref="ArgumentException">The function cannot be called in another process.</exception>
    /// <inheritdoc cref="RemoteCall{TInput,TResult}.Of(FunctionReference,MethodInfo,FunctionInitializer,bool)" path="/param[@name='isRemote']"/>
    public RemoteCall<TInput, TResult> Get<TInput, TResult>(Delegate function, bool isRemote = false)
    {
        if (function is { Target: FunctionKind<TInput, TResult> named, Method.Name: nameof(ComputeFunction<,>.Invoke) }) return RemoteCall<TInput, TResult>.Of(named);
        // Looked at each time: the method of a lambda is the same whatever it captured.
        StaticFunction.CheckTarget(function);
        var method = function.Method;
        return (RemoteCall<TInput, TResult>)(_calls.TryGetValue((method, typeof(TInput), isRemote), out var known)
            ? known
            : _calls.GetOrAdd((method, typeof(TInput), isRemote), RemoteCall<TInput, TResult>.Of(StaticFunction.Describe(method), method, initializer, isRemote)));
    }
}

/// <summary>What a program wants done once in each worker process before its first function runs there.</summary>
internal sealed record FunctionInitializer(FunctionReference Reference, ByteString Argument);
