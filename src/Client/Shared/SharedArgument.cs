namespace ActorCompute.Client.Shared;

/// <summary>A value that was shared, as an argument.</summary>
internal sealed class SharedArgument<T>(SharedValue<T> value) : IRemoteArgument
{
    public ComputeFuture? Awaited => null;

    public object? Value => value.Value;

    public object Lend(SharedValues shared) => value;

    public void Return()
    {
    }
}
