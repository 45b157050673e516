using System.IO.Compression;
using System.Runtime.InteropServices;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The functions of zlib-ng as the .NET runtime's own library exports them for System.IO.Compression: called directly, a block
/// is inflated in one go, without the stream's copies. They are the runtime's private matter, so they are bound only in the
/// version whose structure is known, and only if they inflate a known block; else the stream is used.
/// </summary>
internal sealed unsafe class RuntimeZlib
{
    public const int StreamEnd = 1;
    public const int DataError = -3;

    private const int KnownVersion = 10;
    private const int Finish = 4;
    private const int RawDeflate = -15; // no header, a window of 2^15

    private readonly delegate* unmanaged<ZStream*, int, int> _init;
    private readonly delegate* unmanaged<ZStream*, int, int> _reset;
    private readonly delegate* unmanaged<ZStream*, int, int> _inflate;
    private readonly delegate* unmanaged<ZStream*, int> _end;

    private RuntimeZlib(nint library)
    {
        _init = (delegate* unmanaged<ZStream*, int, int>)NativeLibrary.GetExport(library, "CompressionNative_InflateInit2_");
        _reset = (delegate* unmanaged<ZStream*, int, int>)NativeLibrary.GetExport(library, "CompressionNative_InflateReset2_");
        _inflate = (delegate* unmanaged<ZStream*, int, int>)NativeLibrary.GetExport(library, "CompressionNative_Inflate");
        _end = (delegate* unmanaged<ZStream*, int>)NativeLibrary.GetExport(library, "CompressionNative_InflateEnd");
    }

    /// <summary>The runtime's, or null where it cannot be had.</summary>
    public static RuntimeZlib? Instance { get; } = Load();

    /// <summary>As the runtime's library has it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ZStream
    {
        public byte* NextIn;
        public byte* NextOut;
        public nint Message;
        public nint State;
        public uint AvailableIn;
        public uint AvailableOut;
    }

    public ZStream* Alloc()
    {
        var stream = (ZStream*)NativeMemory.AllocZeroed((nuint)sizeof(ZStream));
        if (_init(stream, RawDeflate) == 0)
            return stream;
        NativeMemory.Free(stream);
        throw new InsufficientMemoryException("zlib-ng could not allocate its state.");
    }

    public void Free(ZStream* stream)
    {
        _ = _end(stream);
        NativeMemory.Free(stream);
    }

    /// <summary>zlib's status; <paramref name="left"/> is what of the destination was not filled.</summary>
    public int Inflate(ZStream* stream, ReadOnlySpan<byte> source, Span<byte> destination, out int left)
    {
        byte none; // an empty span has no address, and zlib refuses a null pointer
        fixed (byte* from = source)
        fixed (byte* to = destination)
        {
            stream->NextIn = from;
            stream->AvailableIn = (uint)source.Length;
            stream->NextOut = to is null ? &none : to;
            stream->AvailableOut = (uint)destination.Length;
            var status = _reset(stream, RawDeflate);
            if (status == 0)
                status = _inflate(stream, Finish);
            left = (int)stream->AvailableOut;
            return status;
        }
    }

    private static RuntimeZlib? Load()
    {
        if (Environment.Version.Major != KnownVersion
            || !NativeLibrary.TryLoad("libSystem.IO.Compression.Native", typeof(DeflateStream).Assembly, null, out var library))
            return null;
        try
        {
            var zlib = new RuntimeZlib(library);
            return zlib.InflatesAKnownBlock() ? zlib : null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or InsufficientMemoryException)
        {
            return null;
        }
    }

    // "abcabc…": a literal and a match, in a block of fixed codes.
    private bool InflatesAKnownBlock()
    {
        ReadOnlySpan<byte> deflated = [0x4B, 0x4C, 0x4A, 0x4E, 0x44, 0x42, 0x00];
        Span<byte> content = stackalloc byte[15];
        var stream = Alloc();
        try
        {
            return Inflate(stream, deflated, content, out var left) == StreamEnd && left == 0 && content.SequenceEqual("abcabcabcabcabc"u8);
        }
        finally
        {
            Free(stream);
        }
    }
}
