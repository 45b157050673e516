namespace ActorCompute.Scheduling;

/// <summary>What the scheduler of one job must know of how it is to run.</summary>
internal sealed record JobRules
{
    /// <summary>Outcomes are given in plan order.</summary>
    public bool Ordered { get; init; }

    /// <summary>Tasks that are drawn and whose outcomes were not taken, at most.</summary>
    public int MaxOutstanding { get; init; } = 65536;

    /// <summary>Bytes of outcomes that were not taken, nearly at most.</summary>
    public long MaxBufferedBytes { get; init; } = 128 << 20;

    /// <summary>Tasks with workers at a time, at most.</summary>
    public int MaxInFlight { get; init; } = int.MaxValue;

    /// <summary>Tasks in a chunk; null to fit it to how long they take.</summary>
    public int? ChunkSize { get; init; }

    /// <summary>Tiny tasks may travel in packs: nothing about a single one of them matters before it ends.</summary>
    public bool MayPack { get; init; }

    /// <summary>The first failure cancels the rest.</summary>
    public bool FailFast { get; init; }

    /// <summary>A task may be copied while it runs.</summary>
    public bool MayRunTwiceAtOnce { get; init; } = true;

    /// <summary>What each task needs of its worker's resources.</summary>
    public Resources Needs { get; init; } = Resources.None;

    /// <summary>When it is.</summary>
    public StragglerPolicy Stragglers { get; init; } = new();

    /// <summary>A running task may be split: the kind can put the results of its pieces together.</summary>
    public bool Splits { get; init; }

    /// <summary>The bounds of the ledger.</summary>
    public LedgerOptions Ledger { get; init; } = new();
}
