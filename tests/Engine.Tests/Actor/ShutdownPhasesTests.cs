using Akka.Actor;

namespace ActorCompute.Engine.Tests.Actor;

public sealed class ShutdownPhasesTests
{
    [Fact]
    public void Sort_Always_PutsDependenciesFirst()
    {
        var sorted = ShutdownPhases.Sort([Phase("c", "b"), Phase("b", "a"), Phase("a"), Phase("d", "a", "elsewhere")]);

        Assert.Equal(["a", "b", "c", "d"], sorted.Select(phase => phase.Name));
    }

    [Fact]
    public void Sort_OfACycle_Throws() =>
        Assert.Throws<ArgumentException>(() => ShutdownPhases.Sort([Phase("a", "b"), Phase("b", "a")]));

    private static ShutdownPhase Phase(string name, params string[] dependsOn) => new(name, dependsOn, TimeSpan.FromSeconds(1), true, true);
}
