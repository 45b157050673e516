using ActorCompute.Kernels.Numbers;

namespace ActorCompute.Kinds.Primes;

/// <summary>Numbers as people write them.</summary>
internal static class Numbers
{
    /// <exception cref="InputException">It is none between 0 and 2^64-1.</exception>
    public static ulong Parse(string text) => NumberText.TryParse(text, out var value, out var reason)
        ? value
        : throw new InputException($"'{text}' {reason}.");
}
