using System.Runtime.InteropServices;

namespace ActorCompute.Compare.Peers;

/// <summary>FLINT's test of single numbers, where the system has that library.</summary>
internal sealed unsafe class Flint
{
    private readonly delegate* unmanaged<nuint, int> _isPrime;

    private Flint(nint isPrime) => _isPrime = (delegate* unmanaged<nuint, int>)isPrime;

    /// <summary>The library; null without one. Releases differ in the number behind the name.</summary>
    public static Flint? Find()
    {
        if (nint.Size != sizeof(ulong)) return null;
        string[] names = ["libflint.so", "libflint.so.20", "libflint.so.19", "libflint.so.18", "libflint.so.17", "libflint.dylib", "flint.dll"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "n_is_prime", out var isPrime)) return new(isPrime);
        }

        return null;
    }

    public bool IsPrime(ulong number) => _isPrime((nuint)number) != 0;
}
