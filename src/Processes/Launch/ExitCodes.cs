namespace ActorCompute.Processes;

/// <summary>The exit statuses of all programs.</summary>
public static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Some tasks failed, or the answer lacks something; the rest was shown.</summary>
    public const int SomeFailed = 1;

    /// <summary>Bad usage or input; nothing was run.</summary>
    public const int BadInput = 2;

    /// <summary>No cluster or no worker in time.</summary>
    public const int NoCluster = 3;

    /// <summary>A part that the process cannot do without has ended, by a fault or from outside; its keeper starts it again.</summary>
    public const int Broken = 70;

    /// <summary>A node that did its share of tasks, or grew to its memory limit, and wants a fresh process in its place.</summary>
    public const int Replaced = 75;

    public const int Cancelled = 130;
}
