using ActorCompute.Messages;
using Google.Protobuf.Collections;

namespace ActorCompute.Client.Attach;

/// <summary>What a registry says that a worker has.</summary>
internal static class WorkerResources
{
    /// <summary>What cannot be read is nothing: the worker itself refuses jobs that it cannot run.</summary>
    public static Resources Read(RepeatedField<Resource> told)
    {
        try
        {
            return WireResources.Read(told);
        }
        catch (InputException)
        {
            return Resources.None;
        }
    }
}
