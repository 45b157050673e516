namespace ActorCompute;

/// <summary>The task that the code at hand is part of, as the worker that runs it sets it; and the cluster for what it calls.</summary>
internal abstract class AmbientTask : DelegateCluster
{
    private static readonly AsyncLocal<AmbientTask?> Ambient = new();

    /// <summary>Null where no task runs. To set it costs an allocation: a worker does so for each chunk, not for each task.</summary>
    public static AmbientTask? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>Null between tasks.</summary>
    public abstract TaskContext? Context { get; }
}
