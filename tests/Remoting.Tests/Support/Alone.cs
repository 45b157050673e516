namespace ActorCompute.Remoting.Tests.Support;

/// <summary>Tests that measure or fill up what the whole process shares run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
