using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>What the code of a task does.</summary>
internal enum TaskBehaviour
{
    /// <summary>Computes.</summary>
    Computes,

    /// <summary>Throws every time.</summary>
    Throws,

    /// <summary>Throws the first time that it runs anywhere.</summary>
    ThrowsOnce,

    /// <summary>Says that its input is wrong.</summary>
    BadInput,

    /// <summary>Takes its process with it, every time.</summary>
    Kills,

    /// <summary>Never ends unless it is told to.</summary>
    Hangs,

    /// <summary>Never ends, whatever it is told.</summary>
    HangsDeaf,
}

/// <summary>What each task of a job does and how long it takes: the same in every attempt.</summary>
/// <param name="seed">Of the job.</param>
/// <param name="meanTime">How long tasks take, on the whole.</param>
/// <param name="oddShare">The share of tasks that do anything but compute.</param>
/// <param name="mayHang">Whether some never end: only where tasks have a time-out.</param>
internal sealed class TaskScript(ulong seed, TimeSpan meanTime, double oddShare, bool mayHang)
{
    public (TaskBehaviour Behaviour, TimeSpan Time) Of(long number)
    {
        var random = new SimRandom(seed ^ (ulong)number * 0xD6E8FEB86659FD93);
        var behaviour = random.Chance(oddShare) ? (TaskBehaviour)random.Next(1, mayHang ? 7 : 5) : TaskBehaviour.Computes;
        // Now and then one takes twenty times as long.
        var factor = random.Chance(0.02) ? 20 : 0.2 + (1.6 * random.NextDouble());
        return (behaviour, meanTime * factor);
    }

    /// <summary>The result of a task.</summary>
    public static byte[] Result(long number) => BitConverter.GetBytes((number * number) + 7);
}
