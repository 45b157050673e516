namespace ActorCompute.Registry;

/// <summary>What a registration means.</summary>
internal enum RegistrationResult
{
    /// <summary>A worker, or a new life of one.</summary>
    New,

    /// <summary>The one that is known, again.</summary>
    Renewed,

    /// <summary>An earlier life of a worker that has started again since.</summary>
    Stale,
}
