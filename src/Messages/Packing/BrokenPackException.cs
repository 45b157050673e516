namespace ActorCompute.Messages.Packing;

/// <summary>A pack of tasks or results cannot be read.</summary>
public sealed class BrokenPackException : FormatException
{
    internal BrokenPackException(int offset, int length)
        : base($"a pack of tasks is broken at byte {offset} of {length}; client and worker may be of different versions.")
    {
    }
}
