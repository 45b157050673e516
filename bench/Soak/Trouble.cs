using System.Diagnostics;

namespace ActorCompute.Soak;

/// <summary>What happens to workers between and during jobs.</summary>
internal sealed class Trouble(ComputeCluster cluster, Random random)
{
    /// <summary>Workers killed from outside.</summary>
    public int Kills { get; private set; }

    /// <summary>Jobs whose tasks crash workers.</summary>
    public int Crashes { get; private set; }

    /// <summary>Workers added, and removed.</summary>
    public int Changes { get; private set; }

    /// <summary>Before a job begins.</summary>
    public void Make(int job)
    {
        if (SoakJobs.IsCrash(job)) Crashes++;
        if (job % 25 == 24) Kill();
        if (job % 50 == 49) Change();
    }

    private void Kill()
    {
        var worker = Pick();
        if (worker is null) return;
        try
        {
            using var process = Process.GetProcessById(worker.ProcessId);
            process.Kill();
            Kills++;
        }
        catch (ArgumentException)
        {
            // It has just ended by itself.
        }
    }

    private void Change()
    {
        if (Pick() is not { } worker) return;
        cluster.AddWorkers(1);
        _ = cluster.RemoveWorkerAsync(worker);
        Changes++;
    }

    private LocalWorker? Pick()
    {
        var living = cluster.Workers.Where(worker => !worker.HasExited && worker.ProcessId != 0).ToList();
        return living.Count == 0 ? null : living[random.Next(living.Count)];
    }
}
