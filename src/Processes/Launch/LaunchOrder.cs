namespace ActorCompute.Processes;

/// <summary>
/// What a parent tells a seed or node that it starts: one line of JSON on the child's standard input, sent at once. The pipe stays
/// open as long as the parent lives; its end is the order to stop. So secrets show in no process list, and a child
/// outlives no parent, however that one ends. A node's seeds follow on a line of their own (<see cref="ParentPipe"/>): it
/// builds its actor system while they start.
/// </summary>
public sealed record LaunchOrder
{
    /// <summary>The cluster's secret.</summary>
    public required string Secret { get; init; }

    /// <summary>The certificate to speak TLS with; null for plain connections.</summary>
    public TlsCertificate? Tls { get; init; }

    /// <summary>For a seed: the port to listen on; 0 takes a free one.</summary>
    public int SeedPort { get; init; }

    /// <summary>For a node: what it is to be; null for a seed.</summary>
    public NodeOrder? Node { get; init; }

    /// <summary>The order as a line.</summary>
    public string ToLine() => LaunchOrderJson.Write(this);

    /// <summary>Reads the order that a parent sends.</summary>
    /// <exception cref="InputException">The first line is none, or is of another version.</exception>
    public static LaunchOrder Read(TextReader input) =>
        LaunchOrderJson.Read(input.ReadLine() ?? throw new InputException("the parent closed the pipe without an order."));
}

/// <summary>The part of an order that a node alone needs.</summary>
public sealed record NodeOrder
{
    /// <summary>The worker's id, the same in each incarnation.</summary>
    public required string WorkerId { get; init; }

    /// <summary>Which incarnation this is.</summary>
    public required long Incarnation { get; init; }

    /// <summary>How the previous incarnation ended, for this one to announce; null for the first.</summary>
    public string? PreviousEnd { get; init; }

    /// <summary>The client that starts it is the only one it serves, so it may load the functions of that client's program from where they lie.</summary>
    public bool TrustsCaller { get; init; }

    /// <summary>The worker's settings.</summary>
    public required WorkerSettings Settings { get; init; }
}
