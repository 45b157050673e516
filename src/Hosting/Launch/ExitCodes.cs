namespace ActorCompute.Hosting;

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

    public const int Cancelled = 130;
}
