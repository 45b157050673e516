namespace ActorCompute.EndToEnd.Clusters;

/// <summary>Commands for tests that must act while a job runs.</summary>
internal static class Jobs
{
    /// <summary>Hours of work in pieces of some seconds at most, with a progress line every two seconds.</summary>
    public static IReadOnlyList<string> Endless { get; } = ["primes", "count", "1", "1e13", "--progress", "plain"];

    /// <summary>Waits until tasks of the job are on so many workers.</summary>
    public static Task<string> WaitUntilItRunsAsync(RunningProgram client, int workers) => client.WaitForLineAsync(
        client.Error, line => line.Contains($"pieces on {workers} workers", StringComparison.Ordinal), $"the job's progress on {workers} workers");
}
