namespace ActorCompute.Chaos.Network;

/// <summary>A theory that needs networks of its own: where they cannot be made it is counted as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CutNetworkTheoryAttribute : TheoryAttribute
{
    public CutNetworkTheoryAttribute() => Skip = CutNetwork.Obstacle;
}
