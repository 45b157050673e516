namespace ActorCompute.Simulation;

/// <summary>Makes a scenario that fails smaller, as long as it still fails: fewer faults, jobs and workers to read about.</summary>
internal static class Shrinker
{
    public static Scenario Shrink(Scenario failing)
    {
        while (Smaller(failing).FirstOrDefault(candidate => SimulationRun.Of(candidate).Failure is not null) is { } smaller) failing = smaller;
        return failing;
    }

    private static IEnumerable<Scenario> Smaller(Scenario scenario)
    {
        for (var i = 0; i < scenario.Faults.Count; i++) yield return scenario with { Faults = Without(scenario.Faults, i) };
        for (var i = 0; i < scenario.Clients.Count; i++)
        {
            var jobs = scenario.Clients[i];
            if (scenario.Clients.Count > 1) yield return scenario with { Clients = Without(scenario.Clients, i) };
            for (var j = 0; j < jobs.Count && jobs.Count > 1; j++)
            {
                var fewer = scenario.Clients.ToList();
                fewer[i] = Without(jobs, j);
                yield return scenario with { Clients = fewer };
            }

            for (var j = 0; j < jobs.Count; j++)
            {
                if (jobs[j].Tasks < 2) continue;
                var shorter = scenario.Clients.ToList();
                shorter[i] = [.. jobs.Take(j), jobs[j] with { Tasks = jobs[j].Tasks / 2 }, .. jobs.Skip(j + 1)];
                yield return scenario with { Clients = shorter };
            }
        }

        for (var i = 0; i < scenario.Workers.Count && scenario.Workers.Count > 1; i++) yield return scenario with { Workers = Without(scenario.Workers, i) };
        if (scenario.Seeds > 1) yield return scenario with { Seeds = 1 };
    }

    private static List<T> Without<T>(IReadOnlyList<T> items, int index) => [.. items.Where((_, i) => i != index)];
}
