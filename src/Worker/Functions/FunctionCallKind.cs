using ActorCompute.Messages;
using ActorCompute.Plugins;
using Google.Protobuf;

namespace ActorCompute.Worker.Functions;

/// <summary>The kind behind static methods that a program calls on the cluster: finds the method and calls it.</summary>
internal sealed class FunctionCallKind(FunctionLibrary library) : IJobKind
{
    private readonly Initializers _initializers = new();

    public string Name => FunctionContract.KindName;

    public string Version => FunctionContract.Version;

    public string Summary => "Calls a static method of a program; used by programs only.";

    public IReadOnlyList<ParameterDescription> Parameters => [];

    public Job Prepare(ParameterValues values) => throw new InputException($"'{Name}' is for programs: ComputeCluster.Submit and Map use it.");

    public IOpenedWork Open(ReadOnlyMemory<byte> parameters)
    {
        FunctionCall call;
        try
        {
            call = FunctionCall.Parser.ParseFrom(parameters.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InputException($"the call cannot be read: {e.Message}", e);
        }

        var method = FunctionFinder.Find(call.Function, library);
        if (call.Initializer is { } initializer) _initializers.RunOnce(FunctionFinder.Find(initializer, library), call.InitializerArgument.Span);
        return FunctionInvoker.Create(method, call.RemoteArguments);
    }
}
