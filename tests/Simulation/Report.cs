using System.Text;

namespace ActorCompute.Simulation;

/// <summary>What a person needs to find out why a seed fails.</summary>
internal static class Report
{
    // The end of the log is what is looked at; all of it is in a file.
    private const int LastLines = 60;

    public static void ThrowIfFailed(SimulationRun run, Scenario original)
    {
        if (run.Failure is not { } failure) return;
        var file = Path.Combine(AppContext.BaseDirectory, $"simulation-{original.Seed}.log");
        File.WriteAllLines(file, run.World.Log);
        var text = new StringBuilder()
            .AppendLine($"seed {original.Seed} fails: {failure.Message}")
            .AppendLine($"repeat it: ACTORCOMPUTE_SIM_SEED={original.Seed} dotnet test tests/Simulation")
            .AppendLine($"the whole log: {file}");
        if (failure is not SimulationException) text.AppendLine(failure.StackTrace);
        foreach (var line in run.World.Log.TakeLast(LastLines)) text.AppendLine(line);
        throw new SimulationException(text.ToString());
    }
}
