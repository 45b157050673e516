namespace ActorCompute.Client.Shared;

/// <summary>An argument that is on the cluster, or will be.</summary>
internal interface IRemoteArgument
{
    /// <summary>The future that it is the result of; null for what is there.</summary>
    ComputeFuture? Awaited { get; }

    /// <summary>The argument itself, when it is there.</summary>
    object? Value { get; }

    /// <summary>What stands for it in a call, a <see cref="SharedValue{T}"/>, until it is given back.</summary>
    object Lend(SharedValues shared);

    /// <summary>A call that it was lent to is done.</summary>
    void Return();
}
