using ActorCompute.Messages;

namespace ActorCompute.Assumptions;

/// <summary>What the systems of one test share; also compiled into the tests.</summary>
internal static class PeerSecret
{
    public static ClusterSecret Value { get; } = ClusterSecret.FromText("the secret of the assumptions");
}
