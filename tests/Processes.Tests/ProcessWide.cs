namespace ActorCompute.Processes.Tests;

/// <summary>Tests that change what the whole process shares (console, environment) run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWide
{
    public const string Name = "process-wide";
}
