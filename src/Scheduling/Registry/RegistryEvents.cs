namespace ActorCompute.Scheduling;

/// <summary>What a registry hears, once its sender has shown that it knows the secret. Times are readings of one monotonic clock.</summary>
/// <typeparam name="TPeer">The reference to a node or a client.</typeparam>
/// <typeparam name="TWorker">What a worker says of itself.</typeparam>
/// <typeparam name="TClient">What a client says of itself.</typeparam>
internal abstract record RegistryEvent<TPeer, TWorker, TClient>
    where TPeer : notnull
{
    /// <summary>A worker says that it is there: first, or again.</summary>
    /// <param name="Life">Its incarnation.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Node">How to reach it.</param>
    /// <param name="Info">What it says of itself.</param>
    /// <param name="Nonce">A proof over it convinces this worker alone.</param>
    /// <param name="At">When it came.</param>
    internal sealed record WorkerCame(WorkerLife Life, string Name, TPeer Node, TWorker Info, ReadOnlyMemory<byte> Nonce, TimeSpan At) : RegistryEvent<TPeer, TWorker, TClient>;

    /// <summary>An incarnation has ended, or takes no more: by its own word or its keeper's.</summary>
    internal sealed record WorkerLeft(WorkerLife Life, TimeSpan At) : RegistryEvent<TPeer, TWorker, TClient>;

    /// <summary>A client says that it is there: first, or again.</summary>
    internal sealed record ClientCame(string Id, TPeer Client, TClient Info, ReadOnlyMemory<byte> Nonce, TimeSpan At) : RegistryEvent<TPeer, TWorker, TClient>;

    /// <summary>A client leaves.</summary>
    internal sealed record ClientLeft(string Id) : RegistryEvent<TPeer, TWorker, TClient>;

    /// <summary>A connection was closed. Whoever is there and alive will be heard soon.</summary>
    internal sealed record Disconnected(Func<TPeer, bool> IsThere, TimeSpan At) : RegistryEvent<TPeer, TWorker, TClient>;

    /// <summary>Somebody wants a worker drained.</summary>
    /// <param name="Asker">Who, and in which call: one that is not answered in time asks again.</param>
    /// <param name="Worker">Its name or id.</param>
    /// <param name="At">When it came.</param>
    internal sealed record DrainAsked(string Asker, string Worker, TimeSpan At) : RegistryEvent<TPeer, TWorker, TClient>;

    /// <summary>The clock; at least once a second.</summary>
    internal sealed record TimePassed(TimeSpan At) : RegistryEvent<TPeer, TWorker, TClient>;
}

/// <summary>What is to be done about it, in this order.</summary>
/// <typeparam name="TPeer">The reference to a node or a client.</typeparam>
internal abstract record RegistryInstruction<TPeer>
{
    /// <summary>Tell a worker that it is registered.</summary>
    internal sealed record Confirm(WorkerLife Life, TPeer Node, ReadOnlyMemory<byte> Nonce) : RegistryInstruction<TPeer>;

    /// <summary>Tell a worker that a later incarnation of it is registered.</summary>
    internal sealed record RefuseStale(TPeer Node, string Name) : RegistryInstruction<TPeer>;

    /// <summary>Show a client the workers of now.</summary>
    internal sealed record ShowWorkers(string Client, TPeer To, ReadOnlyMemory<byte> Nonce) : RegistryInstruction<TPeer>;

    /// <summary>Raise <c>TimePassed</c> after this time too.</summary>
    internal sealed record LookAgain(TimeSpan After) : RegistryInstruction<TPeer>;

    /// <summary>Tell a worker to drain.</summary>
    internal sealed record Drain(WorkerLife Life, TPeer Node, ReadOnlyMemory<byte> Nonce) : RegistryInstruction<TPeer>;

    /// <summary>Answer to <c>DrainAsked</c>: how many workers are called so. Only the one of one is drained.</summary>
    internal sealed record AnswerDrain(int Named) : RegistryInstruction<TPeer>;

    /// <summary>Write down that a worker has registered.</summary>
    internal sealed record NoteCame(WorkerLife Life, string Name, TPeer Node) : RegistryInstruction<TPeer>;

    /// <summary>Write down that a worker has ended.</summary>
    internal sealed record NoteLeft(WorkerLife Life) : RegistryInstruction<TPeer>;

    /// <summary>Write down that a worker said nothing for so long, and is dropped.</summary>
    internal sealed record NoteSilent(WorkerLife Life, TimeSpan Silence) : RegistryInstruction<TPeer>;
}
