using ActorCompute.Messages;

namespace ActorCompute.Client.Attach;

/// <summary>Whether a client is in use, is being left by its program, or has lost a part that it cannot do without.</summary>
internal sealed class ClientLife
{
    /// <summary>What workers and registries know this client by.</summary>
    public string Id { get; } = "client-" + Convert.ToHexStringLower(ClusterSecret.CreateNonce());

    private volatile bool _isClosing;
    private volatile string? _fault;

    /// <summary>What it cannot go on without has ended, and why; null while all is well.</summary>
    public string? Fault => _fault;

    /// <summary>Why its jobs end now.</summary>
    public Exception WhyJobsEnd => _isClosing
        ? new OperationCanceledException("the cluster was closed while the job ran.")
        : new ClusterUnavailableException($"this client cannot go on: {_fault ?? "its job's actor was stopped from outside"}.");

    /// <summary>Its program leaves the cluster.</summary>
    public void Close() => _isClosing = true;

    /// <summary>A part has ended.</summary>
    /// <returns>False if that was to be, or another had ended before.</returns>
    public bool Break(string why)
    {
        if (_isClosing || _fault is not null) return false;
        _fault = why;
        return true;
    }
}

/// <summary>To the jobs of a client: it cannot go on.</summary>
internal sealed record ClientBroke
{
    public static ClientBroke Instance { get; } = new();
}
