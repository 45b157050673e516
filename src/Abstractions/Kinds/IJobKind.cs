namespace ActorCompute;

/// <summary>A job kind as the client and the workers see it: everything encoded. Derive from <see cref="JobKind{TParameters,TTask,TResult,TRow}"/>.</summary>
internal interface IJobKind
{
    /// <summary>The name a person types and a worker looks up: lower-case letters, digits and hyphens.</summary>
    string Name { get; }

    /// <summary>Changes with the parameters, tasks or results; a worker with another version refuses the job.</summary>
    string Version { get; }

    /// <summary>One line on what it does.</summary>
    string Summary { get; }

    /// <summary>The parameters it takes.</summary>
    IReadOnlyList<ParameterDescription> Parameters { get; }

    /// <summary>
    /// Whether two tries of a task may run at the same time: one that takes very long is copied to an idle worker. Default: true. A task
    /// whose worker is lost is run again in any case, and the worker may be living.
    /// </summary>
    bool MayRunTwiceAtOnce => true;

    /// <summary>What each task needs of its worker's resources while it runs, unless a job says otherwise. Default: nothing.</summary>
    Resources Needs => Resources.None;

    /// <summary>Checks parameters and makes a job of them.</summary>
    /// <exception cref="InputException">A parameter is missing or wrong.</exception>
    Job Prepare(ParameterValues values);

    /// <summary>Opens a job's work on a worker.</summary>
    IOpenedWork Open(ReadOnlyMemory<byte> parameters);
}
