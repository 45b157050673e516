namespace ActorCompute.Remoting.Transport;

/// <summary>What a socket is watched for.</summary>
[Flags]
internal enum Interest
{
    None = 0,
    Read = 1,
    Write = 2,
}
