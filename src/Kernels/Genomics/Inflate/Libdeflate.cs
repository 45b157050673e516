using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ActorCompute.Kernels.Genomics;

/// <summary>The functions of libdeflate, binary interface 0 (all releases so far), bound at run time.</summary>
internal sealed unsafe class Libdeflate
{
    public const int Success = 0;
    public const int BadData = 1;

    // Never the current folder, where a library of that name could be anyone's.
    private const DllImportSearchPath SearchPath = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories;

    private readonly delegate* unmanaged<nint> _allocDecompressor;
    private readonly delegate* unmanaged<nint, void> _freeDecompressor;
    private readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint*, int> _decompress;
    private readonly delegate* unmanaged<int, nint> _allocCompressor;
    private readonly delegate* unmanaged<nint, void> _freeCompressor;
    private readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint> _compress;
    private readonly delegate* unmanaged<uint, byte*, nuint, uint> _crc32;

    private Libdeflate(nint library, string fileName)
    {
        FileName = fileName;
        _allocDecompressor = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "libdeflate_alloc_decompressor");
        _freeDecompressor =
            (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "libdeflate_free_decompressor");
        _decompress = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint*, int>)
            NativeLibrary.GetExport(library, "libdeflate_deflate_decompress");
        _allocCompressor = (delegate* unmanaged<int, nint>)NativeLibrary.GetExport(library, "libdeflate_alloc_compressor");
        _freeCompressor = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "libdeflate_free_compressor");
        _compress = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint>)
            NativeLibrary.GetExport(library, "libdeflate_deflate_compress");
        _crc32 = (delegate* unmanaged<uint, byte*, nuint, uint>)NativeLibrary.GetExport(library, "libdeflate_crc32");
    }

    /// <summary>The name under which the system's loader found it.</summary>
    public string FileName { get; }

    public static bool TryLoad([NotNullWhen(true)] out Libdeflate? libdeflate)
    {
        libdeflate = null;
        foreach (var name in FileNames())
        {
            if (!NativeLibrary.TryLoad(name, typeof(Libdeflate).Assembly, SearchPath, out var library))
                continue;

            try
            {
                libdeflate = new Libdeflate(library, name);
                return true;
            }
            catch (EntryPointNotFoundException)
            {
                NativeLibrary.Free(library); // a library of that name, but not the one we know
            }
        }

        return false;
    }

    public nint AllocDecompressor() => NotNull(_allocDecompressor());

    public void FreeDecompressor(nint decompressor) => _freeDecompressor(decompressor);

    /// <summary>0 success, 1 bad data, 2 fewer bytes than the destination takes, 3 more.</summary>
    public int Decompress(nint decompressor, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        byte none; // an empty span has no address, and libdeflate may look at the pointer
        fixed (byte* from = source)
        fixed (byte* to = destination)
        {
            return _decompress(decompressor, from, (nuint)source.Length, to is null ? &none : to, (nuint)destination.Length,
                null);
        }
    }

    public nint AllocCompressor(int level) => NotNull(_allocCompressor(level));

    public void FreeCompressor(nint compressor) => _freeCompressor(compressor);

    public int Compress(nint compressor, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* from = source)
        fixed (byte* to = destination)
        {
            return (int)_compress(compressor, from, (nuint)source.Length, to, (nuint)destination.Length);
        }
    }

    public uint Crc32(ReadOnlySpan<byte> bytes)
    {
        // A null pointer means «the initial value» to libdeflate: the CRC-32 of nothing, which is 0.
        fixed (byte* from = bytes)
            return _crc32(0, from, (nuint)bytes.Length);
    }

    private static nint NotNull(nint pointer) =>
        pointer != 0 ? pointer : throw new InsufficientMemoryException("libdeflate could not allocate its state.");

    // The versioned names first: the plain ones come with development packages only. Homebrew's folder on Apple silicon
    // is not on the loader's path.
    private static string[] FileNames() =>
        OperatingSystem.IsWindows() ? ["libdeflate.dll", "deflate.dll"]
        : OperatingSystem.IsMacOS() ? ["libdeflate.0.dylib", "libdeflate.dylib", "/opt/homebrew/lib/libdeflate.0.dylib",
            "/usr/local/lib/libdeflate.0.dylib"]
        : ["libdeflate.so.0", "libdeflate.so"];
}
